package dev.lakehouse.query.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableNames;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Iceberg's suite does not ask of the door: keys, bounds, pages, races, and its errors. */
class IcebergRoutesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theKeyIsTheTokenOfIcebergsClient() throws Exception {
    try (CatalogServer server = new CatalogServer(dir, true)) {
      HttpResponse<String> refused = get(server, "/v1/config");
      assertThat(refused.statusCode()).isEqualTo(401);
      JsonNode error = JSON.readTree(refused.body()).get("error");
      assertThat(error.get("type").asText()).isEqualTo("NotAuthorizedException");
      assertThat(error.get("code").asInt()).isEqualTo(401);
      assertThat(error.get("message").asText()).contains("X-API-Key");
      assertThatThrownBy(() -> LakeCatalog.open(server.client(Map.of("token", "a-wrong-one"))))
          .isInstanceOf(NotAuthorizedException.class);
      for (String property : List.of("token", "header.X-API-Key")) {
        try (LakeCatalog client =
            LakeCatalog.open(server.client(Map.of(property, CatalogServer.KEY)))) {
          assertThat(client.datasets()).isEmpty();
        }
      }
    }
  }

  @Test
  void tablesLieInTheWarehouse() throws Exception {
    Path elsewhere = dir.resolve("elsewhere");
    try (CatalogServer server =
            new CatalogServer(Files.createDirectories(dir.resolve("lake")), false);
        LakeCatalog client = LakeCatalog.open(server.client(Map.of()))) {
      TableIdentifier name = TableNames.of(new DatasetName("inside"));
      assertThatThrownBy(
              () ->
                  client
                      .catalog()
                      .buildTable(name, SCHEMA)
                      .withLocation(server.warehouse() + "/../" + elsewhere.getFileName())
                      .create())
          .isInstanceOf(ForbiddenException.class)
          .hasMessageContaining("is not in the warehouse");
      Table table = client.catalog().createTable(name, SCHEMA);
      assertThatThrownBy(() -> table.updateLocation().setLocation("s3://elsewhere/t").commit())
          .isInstanceOf(ForbiddenException.class);
      assertThatThrownBy(
              () ->
                  table
                      .updateProperties()
                      .set(TableProperties.WRITE_METADATA_LOCATION, elsewhere.toString())
                      .commit())
          .isInstanceOf(ForbiddenException.class);
      assertThatThrownBy(
              () ->
                  client
                      .catalog()
                      .registerTable(
                          TableNames.of(new DatasetName("secrets")), "/etc/hostname.json"))
          .isInstanceOf(ForbiddenException.class);
      table.updateLocation().setLocation(table.location() + "/moved").commit();
    }
    assertThat(Files.exists(elsewhere)).isFalse();
  }

  @Test
  void listsComeInPagesThatNothingFallsOutOf() throws Exception {
    try (CatalogServer server = new CatalogServer(dir, false)) {
      List<String> names = List.of("a", "b", "c", "d", "e");
      for (String name : names) {
        server.behind.catalog().createTable(TableNames.of(new DatasetName(name)), SCHEMA);
      }
      JsonNode first = page(server, "?pageToken=&pageSize=2");
      assertThat(named(first)).containsExactly("a", "b");
      server.behind.catalog().dropTable(TableNames.of(new DatasetName("a")), true);
      JsonNode second =
          page(server, "?pageToken=" + first.get("next-page-token").asText() + "&pageSize=2");
      assertThat(named(second)).containsExactly("c", "d");
      JsonNode third =
          page(server, "?pageToken=" + second.get("next-page-token").asText() + "&pageSize=2");
      assertThat(named(third)).containsExactly("e");
      assertThat(third.path("next-page-token").isTextual()).isFalse();
      assertThat(named(page(server, ""))).containsExactly("b", "c", "d", "e");
      for (String wrong : List.of("?pageSize=0", "?pageSize=x", "?pageSize=1&pageToken=%25")) {
        assertThat(get(server, "/v1/namespaces/lake/tables" + wrong).statusCode()).isEqualTo(400);
      }
      try (RESTCatalog paging = new RESTCatalog()) {
        paging.initialize(
            "paging", Map.of("uri", server.uri("").toString(), "rest-page-size", "3"));
        assertThat(paging.listTables(TableNames.LAKE)).hasSize(4);
      }
    }
  }

  @Test
  void errorsAreAsTheSpecificationSays() throws Exception {
    try (CatalogServer server = new CatalogServer(dir, false)) {
      String tables = "/v1/namespaces/lake/tables";
      assertError(get(server, tables + "/none"), 404, "NoSuchTableException");
      assertError(get(server, "/v1/namespaces/none/tables"), 404, "NoSuchNamespaceException");
      assertError(get(server, "/v1/namespaces/lake/views"), 404, "NoSuchEndpointException");
      assertError(post(server, tables, "{"), 400, "IllegalArgumentException");
      assertError(post(server, tables, "null"), 400, "IllegalArgumentException");
      assertError(post(server, tables, "{\"name\":\"t\"}"), 400, "IllegalArgumentException");
      assertError(post(server, "/v1/namespaces", " ".repeat((16 << 20) + 1)), 413, "TooLarge");
      server.behind.catalog().createTable(TableNames.of(new DatasetName("there")), SCHEMA);
      HttpResponse<String> loaded = get(server, tables + "/there");
      String tag = loaded.headers().firstValue("ETag").orElseThrow();
      assertThat(
              send(HttpRequest.newBuilder(server.uri(tables + "/there"))
                      .header("If-None-Match", tag))
                  .statusCode())
          .isEqualTo(304);
      assertThat(
              server
                  .meters
                  .get("lakehouse.catalog.request")
                  .tags("operation", "load_table", "status", "404")
                  .timer()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void ofRacingWritersOneWinsAndTheOthersTryAgain() throws Exception {
    try (CatalogServer server = new CatalogServer(dir, false)) {
      Race race = new Race(4, 15);
      race.run(server.client(Map.of()), server.behind);
      assertThat(
              server
                  .meters
                  .get("lakehouse.catalog.request")
                  .tags("operation", "commit", "status", "200")
                  .timer()
                  .count())
          .isEqualTo(race.commits());
    }
  }

  private JsonNode page(CatalogServer server, String query) throws Exception {
    return JSON.readTree(get(server, "/v1/namespaces/lake/tables" + query).body());
  }

  private static List<String> named(JsonNode page) {
    return page.get("identifiers").findValuesAsText("name");
  }

  private static void assertError(HttpResponse<String> answer, int status, String type)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = JSON.readTree(answer.body()).get("error");
    assertThat(error.get("type").asText()).isEqualTo(type);
    assertThat(error.get("code").asInt()).isEqualTo(status);
    assertThat(error.get("message").asText()).isNotBlank();
  }

  private HttpResponse<String> get(CatalogServer server, String path) throws Exception {
    return send(HttpRequest.newBuilder(server.uri(path)));
  }

  private HttpResponse<String> post(CatalogServer server, String path, String body)
      throws Exception {
    return send(
        HttpRequest.newBuilder(server.uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
