package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The product's HTTP door, as any client sees it. */
final class Client {
  private static final String BOUNDARY = "lakehouse-bench";

  private final URI url;
  private final String key;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param key sent with each request; empty for none
   */
  Client(URI url, String key) {
    this.url = url;
    this.key = key;
  }

  /** The first cell of a query's answer as text, or the empty text if there is no row or table. */
  String cell(String sql) throws IOException, InterruptedException {
    return rows(sql).path(0).path(0).asText("");
  }

  /** The rows of a query's answer, none if there is no such table. */
  JsonNode rows(String sql) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        send(
            HttpRequest.newBuilder(url.resolve("/query/sql"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(Map.of("sql", sql)))));
    JsonNode body = json.readTree(response.body());
    if (response.statusCode() == 404) {
      return json.createArrayNode();
    }
    if (response.statusCode() != 200) {
      throw new IOException(body.toString());
    }
    return body.path("rows");
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return read(send(HttpRequest.newBuilder(url.resolve(path)).GET()));
  }

  /** What is there, as text. */
  String text(String path) throws IOException, InterruptedException {
    return new String(
        send(HttpRequest.newBuilder(url.resolve(path)).GET()).body(), StandardCharsets.UTF_8);
  }

  /** Posts a JSON body. */
  JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return read(
        send(
            HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))));
  }

  /** Posts one event and waits for its acknowledgement. */
  JsonNode event(String dataset, Map<String, ?> event) throws IOException, InterruptedException {
    return post("/ingest/events/" + dataset, event);
  }

  /** Uploads a file; returns the ingest's id. */
  String upload(Path file, String dataset)
      throws FileNotFoundException, IOException, InterruptedException {
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"dataset\"\r\n\r\n"
            + dataset
            + "\r\n--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + file.getFileName()
            + "\"\r\nContent-Type: text/csv\r\n\r\n";
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofFile(file),
            BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
    return read(send(
            HttpRequest.newBuilder(url.resolve("/ingest/file"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(body)))
        .path("id")
        .asText();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!key.isEmpty()) {
      request.header("X-API-Key", key);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private JsonNode read(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() >= 300) {
      throw new IOException(
          response.uri() + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return json.readTree(response.body());
  }
}
