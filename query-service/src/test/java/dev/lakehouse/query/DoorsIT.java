package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.query.key.ApiKeys;
import dev.lakehouse.query.key.KeyRoutes;
import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.http.Security;
import dev.lakehouse.schemas.name.DatasetName;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doors of this room, for principals who may do some of it. */
class DoorsIT {
  private static final Map<String, Set<Grant>> ON_SALES =
      Map.of(
          "reader", Set.of(Grant.READ),
          "raw", Set.of(Grant.RAW),
          "manager", Set.of(Grant.MANAGE),
          "writer", Set.of(Grant.RAW, Grant.MANAGE),
          "ingester", Set.of(Grant.INGEST),
          "nobody", Set.of());

  @TempDir static Path directory;
  private static Lake lake;
  private static ApiKeys keys;
  private static LakehouseServer server;
  private static String admin = "";

  /** Grants on sales alone; the admin has all on all. */
  private static final class OnSales implements Access {
    @Override
    public boolean allows(String principal, Grant grant, DatasetName dataset) {
      return allowsAll(principal, grant)
          || (dataset.value().equals("sales")
              && ON_SALES.getOrDefault(principal, Set.of()).contains(grant));
    }

    @Override
    public boolean allowsAll(String principal, Grant grant) {
      return principal.equals("admin");
    }
  }

  @BeforeAll
  static void start() {
    lake = Lake.in(directory);
    Samples.addTo(lake);
    keys = ApiKeys.open(directory.resolve("auth"), Clock.systemUTC());
    List<String> first = new ArrayList<>();
    keys.first(first::add);
    Map<String, String> configured = new HashMap<>();
    ON_SALES.keySet().forEach(each -> configured.put(each, key(each)));
    List<Routes> routes = new ArrayList<>(lake.service().routes());
    routes.add(new KeyRoutes(keys, Clock.systemUTC()));
    server =
        LakehouseServer.start(
            new ServerConfig("127.0.0.1", 0),
            Security.of(new AuthConfig(true, configured)).with(keys).with(new OnSales()),
            routes,
            Clock.systemUTC());
    admin = first.get(0);
  }

  @AfterAll
  static void stop() {
    server.close();
    keys.close();
    lake.close();
  }

  private static String key(String principal) {
    return principal.equals("admin") ? admin : "the-key-of-" + principal;
  }

  private static HttpResponse<String> ask(String principal, String line, String body) {
    String[] words = line.split(" ", 2);
    return lake.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + words[1]))
            .header("X-API-Key", key(principal))
            .method(words[0], BodyPublishers.ofString(body)));
  }

  private static int status(String principal, String line, String body) {
    return ask(principal, line, body).statusCode();
  }

  @Test
  void descriptionsAreForReaders() {
    String one = "GET /catalog/datasets/by-name/";
    assertThat(status("reader", one + "sales", "")).isEqualTo(200);
    assertThat(ask("manager", one + "sales", "").body()).contains("forbidden", "read");
    assertThat(status("nobody", one + "sales", "")).isEqualTo(404);
    HttpResponse<String> hidden = ask("reader", one + "customers", "");
    HttpResponse<String> absent = ask("reader", one + "customerz", "");
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(problem(hidden, "customers")).isEqualTo(problem(absent, "customerz"));
    assertThat(ask("reader", "GET /catalog/datasets", "").body())
        .contains("\"sales\"")
        .doesNotContain("customers");
    assertThat(Lake.json(ask("nobody", "GET /catalog/datasets", "")).get("datasets")).isEmpty();
    assertThat(Lake.json(ask("admin", "GET /catalog/datasets", "")).get("datasets")).hasSize(2);
  }

  private static String problem(HttpResponse<String> answer, String name) {
    JsonNode problem = Lake.json(answer);
    ((ObjectNode) problem).remove("requestId");
    return problem.toString().replace(name, "…");
  }

  @Test
  void upkeepAndMemoryAreForManagers() {
    for (String line : List.of("POST /query/cache/pin", "POST /query/cache/evict")) {
      assertThat(status("reader", line, "{\"table\": \"sales\"}")).as(line).isEqualTo(403);
      assertThat(status("nobody", line, "{\"table\": \"sales\"}")).as(line).isEqualTo(404);
      assertThat(ask("manager", line, "{\"table\": \"customers\"}").body())
          .as(line)
          .contains("unknown_dataset")
          .doesNotContain("nearest");
    }
    assertThat(status("manager", "POST /query/cache/pin", "{\"table\": \"sales\"}")).isIn(200, 202);
    assertThat(status("admin", "POST /query/cache/pin", "{\"table\": \"customers\"}"))
        .isIn(200, 202);
    assertThat(ask("manager", "GET /query/cache/stats", "").body())
        .contains("\"sales\"")
        .doesNotContain("customers");
    assertThat(ask("reader", "GET /query/cache/stats", "").body()).contains("\"tables\":[]");
    assertThat(ask("admin", "POST /query/cache/pin", "{\"table\": \"custommers\"}").body())
        .contains("unknown_table", "customers");
    assertThat(status("reader", "POST /query/compact", "{\"dataset\": \"sales\"}")).isEqualTo(403);
    assertThat(status("manager", "POST /query/compact", "{\"dataset\": \"customers\"}"))
        .isEqualTo(404);
    assertThat(status("manager", "GET /query/compact/none", "")).isEqualTo(404);
  }

  @Test
  void theCatalogForOtherProgramsGivesFilesToThoseWhoMaySeeThemAsTheyAre() {
    String tables = "/iceberg/v1/namespaces/lake/tables";
    assertThat(ask("reader", "GET " + tables, "").body())
        .contains("sales")
        .doesNotContain("customers");
    assertThat(ask("raw", "GET " + tables, "").body()).doesNotContain("sales");
    assertThat(ask("reader", "GET " + tables + "/sales", "").body())
        .contains("ForbiddenException")
        .doesNotContain("metadata-location");
    assertThat(ask("raw", "GET " + tables + "/sales", "").body()).contains("metadata-location");
    String hidden = ask("raw", "GET " + tables + "/customers", "").body();
    assertThat(hidden).contains("NoSuchTableException").doesNotContain("location\"");
    assertThat(
            ask("raw", "GET " + tables + "/nothings1", "").body().replace("nothings1", "customers"))
        .isEqualTo(hidden);
    assertThat(status("raw", "HEAD " + tables + "/customers", "")).isEqualTo(404);
    assertThat(status("raw", "HEAD " + tables + "/sales", "")).isEqualTo(204);
    String nothing = "{\"requirements\": [], \"updates\": []}";
    assertThat(status("raw", "POST " + tables + "/sales", nothing)).isEqualTo(403);
    assertThat(status("writer", "POST " + tables + "/sales", nothing)).isEqualTo(200);
    assertThat(status("writer", "POST " + tables + "/customers", nothing)).isEqualTo(404);
    assertThat(status("reader", "DELETE " + tables + "/sales", "")).isEqualTo(403);
    String register = "{\"name\": \"mine\", \"metadata-location\": \"file:/x/y.json\"}";
    assertThat(status("writer", "POST /iceberg/v1/namespaces/lake/register", register))
        .isEqualTo(403);
    assertThat(status("writer", "POST /iceberg/v1/namespaces", "{\"namespace\": [\"x\"]}"))
        .isEqualTo(403);
    assertThat(ask("raw", "GET /iceberg/v1/namespaces/lake%1Fsales/tables/snapshots", "").body())
        .contains("ForbiddenException");
    String rename =
        "{\"source\": {\"namespace\": [\"lake\"], \"name\": \"sales\"}, \"destination\":"
            + " {\"namespace\": [\"lake\"], \"name\": \"mine\"}}";
    assertThat(status("writer", "POST /iceberg/v1/tables/rename", rename)).isEqualTo(403);
  }

  @Test
  void aTableCannotBeGivenTheFilesOfAnother() {
    Table customers = lake.catalog().table(new DatasetName("customers")).orElseThrow();
    String theirs = customers.currentSnapshot().manifestListLocation();
    String add =
        "{\"requirements\": [], \"updates\": [{\"action\": \"add-snapshot\", \"snapshot\":"
            + " {\"snapshot-id\": 77, \"sequence-number\": 9, \"timestamp-ms\": 4102444800000,"
            + " \"manifest-list\": \""
            + theirs
            + "\", \"summary\": {\"operation\": \"append\"},"
            + " \"schema-id\": 0}}]}";
    String move =
        "{\"requirements\": [], \"updates\": [{\"action\": \"set-location\", \"location\": \""
            + customers.location()
            + "\"}]}";
    String sales = "POST /iceberg/v1/namespaces/lake/tables/sales";
    assertThat(status("writer", sales, add)).isEqualTo(403);
    assertThat(status("writer", sales, move)).isEqualTo(403);
    assertThat(lake.rows("SELECT count(*) FROM sales")).isEqualTo("[[\"2000\"]]");
  }

  @Test
  void keysAreForAdministrators() {
    for (String line :
        List.of("GET /keys", "POST /keys", "POST /keys/x/rotate", "DELETE /keys/x")) {
      for (String principal : ON_SALES.keySet()) {
        assertThat(status(principal, line, "{}")).as(principal + " " + line).isEqualTo(403);
      }
    }
    HttpResponse<String> made =
        ask("admin", "POST /keys", "{\"principal\": \"reader\", \"expiresIn\": \"1h\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
    String id = Lake.json(made).get("id").asText();
    String key = Lake.json(made).get("key").asText();
    HttpRequest.Builder list =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/catalog/datasets"))
            .header("Authorization", "Bearer " + key);
    assertThat(lake.send(list).body()).contains("sales").doesNotContain("customers");
    assertThat(ask("admin", "GET /keys", "").body()).contains(id).doesNotContain(key);
    String rotated = ask("admin", "POST /keys/" + id + "/rotate", "{\"grace\": \"0s\"}").body();
    assertThat(rotated).contains("lhk_").doesNotContain(key);
    assertThat(lake.send(list).statusCode()).isEqualTo(401);
    assertThat(ask("admin", "DELETE /keys/" + id, "").body()).contains("revoked");
    assertThat(ask("admin", "POST /keys", "{\"principal\": \"a b\"}").body())
        .contains("bad_principal");
    assertThat(ask("admin", "POST /keys", "{\"name\": \"x\"}").body()).contains("bad_request");
  }
}
