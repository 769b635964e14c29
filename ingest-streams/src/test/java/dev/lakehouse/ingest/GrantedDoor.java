package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.LimitsConfig;
import dev.lakehouse.schemas.config.Quota;
import dev.lakehouse.schemas.config.ServerConfig;
import dev.lakehouse.schemas.config.TlsConfig;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Security;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Another door of a rig, for principals who have some grants on one dataset and none on others. */
final class GrantedDoor implements AutoCloseable {
  private static final Map<String, Set<Grant>> GRANTS =
      Map.of(
          "ingester", Set.of(Grant.INGEST),
          "reader", Set.of(Grant.READ),
          "steward", Set.of(Grant.RAW),
          "manager", Set.of(Grant.MANAGE),
          "owner", Set.of(Grant.RAW, Grant.MANAGE),
          "limited", Set.of(Grant.INGEST),
          "nobody", Set.of());

  private final HttpClient http = HttpClient.newHttpClient();
  private final LakehouseServer server;

  GrantedDoor(IngestRig rig, String dataset) {
    Map<String, String> keys = new HashMap<>();
    GRANTS.keySet().forEach(each -> keys.put(each, "the-key-of-" + each));
    LimitsConfig limits =
        new LimitsConfig(Quota.NONE, Map.of("limited", new Quota(0, 0, 0, 500, 1_000)));
    server =
        LakehouseServer.start(
            new ServerConfig("127.0.0.1", 0, TlsConfig.OFF, limits),
            Security.of(new AuthConfig(true, keys)).with(new On(dataset)),
            rig.service.routes(),
            Clock.systemUTC());
  }

  private record On(String dataset) implements Access {
    @Override
    public boolean allows(String principal, Grant grant, DatasetName name) {
      return name.value().equals(dataset)
          && GRANTS.getOrDefault(principal, Set.of()).contains(grant);
    }

    @Override
    public boolean allowsAll(String principal, Grant grant) {
      return false;
    }
  }

  Answer ask(String principal, String line, String body) {
    String[] words = line.split(" ", 2);
    return send(
        principal,
        HttpRequest.newBuilder(at(words[1])).method(words[0], BodyPublishers.ofString(body)));
  }

  Answer upload(String principal, String dataset, String csv, String onDuplicate) {
    String form =
        "--XX\r\nContent-Disposition: form-data; name=\"dataset\"\r\n\r\n"
            + dataset
            + "\r\n--XX\r\nContent-Disposition: form-data; name=\"onDuplicate\"\r\n\r\n"
            + onDuplicate
            + "\r\n--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
            + csv
            + "\r\n--XX--\r\n";
    return send(
        principal,
        HttpRequest.newBuilder(at("/ingest/file"))
            .header("Content-Type", "multipart/form-data; boundary=XX")
            .POST(BodyPublishers.ofByteArray(form.getBytes(UTF_8))));
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private Answer send(String principal, HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(
              request.header("X-API-Key", "the-key-of-" + principal).build(),
              BodyHandlers.ofString());
      JsonNode body = IngestRig.JSON.readTree(response.body());
      return new Answer(response.statusCode(), body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
