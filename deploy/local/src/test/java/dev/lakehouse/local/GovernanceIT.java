package dev.lakehouse.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.local.client.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lakehouse that wants keys, as its administrator and others use it. */
class GovernanceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern KEY = Pattern.compile("lhk_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}");
  private static final String PASSWORD = "planted-password-4711";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path dir;

  private static LakehouseProcess lakehouse;
  private static String admin = "";

  @BeforeAll
  static void start() {
    Map<String, String> settings =
        Map.of("LAKEHOUSE_AUTH_ENABLED", "true", "LAKEHOUSE_QUERY_TRINO_PASSWORD", PASSWORD);
    lakehouse = LakehouseProcess.up(dir.resolve("data"), settings);
    List<String> shown = keys(lakehouse.said());
    assertThat(shown).as(lakehouse.said()).hasSize(1);
    admin = shown.get(0);
  }

  @AfterAll
  static void stop() {
    lakehouse.close();
  }

  private static List<String> keys(String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = KEY.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static LakehouseProcess.Ended say(String key, String... arguments) {
    return LakehouseProcess.run(
        dir.resolve("run"),
        Map.of("LAKEHOUSE_URL", lakehouse.url(), "LAKEHOUSE_API_KEY", key),
        arguments);
  }

  private static HttpResponse<String> ask(String key, String line, String body, String... headers)
      throws IOException, InterruptedException {
    String[] words = line.split(" ", 2);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(lakehouse.url() + words[1]))
            .method(words[0], BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("X-API-Key", key);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void everyDoorIsInTheReference() throws Exception {
    String reference =
        Files.readString(
            Path.of("").toAbsolutePath().resolve("../../docs/http-reference.md").normalize());
    List<String> documented =
        reference
            .lines()
            .filter(line -> line.matches("\\| (GET|POST|PUT|PATCH|DELETE|HEAD) /.*"))
            .toList();
    List<String> mounted = new ArrayList<>();
    for (JsonNode door : JSON.readTree(ask(admin, "GET /doors", "").body()).path("doors")) {
      mounted.add(
          "| "
              + door.path("method").asText()
              + " "
              + door.path("path").asText()
              + " | "
              + door.path("needs").asText()
              + " |");
    }
    assertThat(documented).containsExactlyElementsOf(mounted);
  }

  @Test
  void theAdministratorGivesKeysToOthers() throws Exception {
    assertThat(ask("", "GET /catalog/datasets", "").statusCode()).isEqualTo(401);
    assertThat(ask("", "GET /health/ready", "").statusCode()).isEqualTo(200);

    LakehouseProcess.Ended made = say(admin, "keys", "create", "ann", "--expires=30d");
    assertThat(made.status()).as(made.said()).isZero();
    String key = keys(made.said()).get(0);
    assertThat(ask(key, "GET /catalog/datasets", "").statusCode()).isEqualTo(200);
    String id = key.substring(4, 16);
    assertThat(say(admin, "keys").said())
        .contains(id, "ann", "admin", "active")
        .doesNotContain(key);

    String next = keys(say(admin, "keys", "rotate", id, "--grace=1h").said()).get(0);
    assertThat(ask(key, "GET /catalog/datasets", "").statusCode()).isEqualTo(200);
    assertThat(ask(next, "GET /catalog/datasets", "").statusCode()).isEqualTo(200);
    assertThat(say(admin, "keys", "revoke", id).said()).contains("revoked");
    assertThat(ask(key, "GET /catalog/datasets", "").statusCode()).isEqualTo(401);
    assertThat(ask(admin, "DELETE /keys/nothing", "").body()).contains("unknown_key");
  }

  /** One policy at every door: SQL, the catalog of tables, uploads, changes and what is told. */
  @Test
  void aReaderSeesWhatThePolicySays() throws Exception {
    ApiClient client = new ApiClient(lakehouse.url(), admin);
    String people =
        """
        [{"id": 1, "email": "mila.berg@example.org", "region": "emea"},
         {"id": 2, "email": "joe.hill@example.org", "region": "apac"}]
        """;
    client.events("staff", "application/json", people.getBytes(UTF_8), "s-1");
    client.events("hidden", "application/json", "[{\"id\":1}]".getBytes(UTF_8), "h-1");
    LandedRows.await(client, "staff", 2);
    LandedRows.await(client, "hidden", 1);
    String key = keys(say(admin, "keys", "create", "rosa").said()).get(0);
    assertThat(sql(key, "SELECT * FROM staff").path("code").asText()).isEqualTo("unknown_table");

    Files.writeString(
        dir.resolve("data/policies/rosa.toml"),
        """
        [principals.rosa]
        roles = ["clerk"]
        attributes = { region = "emea" }
        [[roles.clerk]]
        datasets = ["staff"]
        grants = ["read"]
        filter = "region = attr('region')"
        [roles.clerk.columns]
        id = "allow"
        region = "allow"
        email = { mask = "last", show = 4 }
        """);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(sql(key, "SELECT id, email FROM staff").path("rows"))
                    .hasToString("[[\"1\",\"***.org\"]]"));
    assertThat(sql(key, "SELECT count(*) FROM staff WHERE email LIKE 'joe%'").path("rows"))
        .hasToString("[[\"0\"]]");
    assertThat(sql(key, "SHOW TABLES").path("rows")).hasToString("[[\"staff\"]]");
    assertThat(sql(key, "CREATE TABLE mine AS SELECT * FROM staff").path("grant").asText())
        .isEqualTo("manage");
    for (Map.Entry<String, Integer> door :
        Map.of(
                "GET /iceberg/v1/namespaces/lake/tables/staff", 403,
                "GET /iceberg/v1/namespaces/lake/tables/hidden", 404,
                "GET /catalog/datasets/by-name/staff", 200,
                "GET /catalog/datasets/by-name/hidden", 404,
                "GET /catalog/datasets/by-name/staff/quarantine", 403,
                "DELETE /catalog/datasets/by-name/staff", 403,
                "POST /ingest/events/staff", 403,
                "POST /ingest/events/hidden", 404,
                "GET /keys", 403,
                "GET /policy", 403)
            .entrySet()) {
      HttpResponse<String> said = ask(key, door.getKey(), "[{\"id\":3}]");
      assertThat(said.statusCode())
          .as(door.getKey() + " " + said.body())
          .isEqualTo(door.getValue());
      assertThat(said.body()).as(door.getKey()).doesNotContain("joe.hill", "mila.berg");
    }
    assertThat(ask(key, "GET /query/audit?limit=1000", "").body())
        .contains("\"rosa\"")
        .doesNotContain("\"admin\"");
    assertThat(say(key, "policy", "explain", "--as", key, "--table", "staff").said())
        .contains("email", "last");

    Files.writeString(dir.resolve("data/policies/rosa.toml"), "[principals.rosa]\nrols = []\n");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(all())
                    .anyMatch(each -> each.path("action").asText().equals("policy.refused")));
    assertThat(sql(key, "SELECT id FROM staff").path("rows")).hasToString("[[\"1\"]]");
    Files.delete(dir.resolve("data/policies/rosa.toml"));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(sql(key, "SELECT id FROM staff").path("code").asText())
                    .isEqualTo("unknown_table"));
  }

  private static JsonNode sql(String key, String sql) throws Exception {
    String query = JSON.writeValueAsString(Map.of("sql", sql));
    return JSON.readTree(ask(key, "POST /query/sql", query).body());
  }

  @Test
  void whatWasDoneAndRefusedIsInTheAudit() throws Exception {
    ApiClient client = new ApiClient(lakehouse.url(), admin);
    client.events("ledger", "application/json", "[{\"id\":1},{\"id\":2}]".getBytes(UTF_8), "l-1");
    LandedRows.await(client, "ledger", 2);
    String sql =
        "SELECT id FROM ledger WHERE 'planted-literal' = 'planted-literal' AND id < 7700177001";
    String query = JSON.writeValueAsString(Map.of("sql", sql));
    assertThat(ask(admin, "POST /query/sql", query, "X-Request-Id", "asked-1").statusCode())
        .isEqualTo(200);
    String wrong = JSON.writeValueAsString(Map.of("sql", "SELECT \"planted-name\" FROM 'x"));
    assertThat(ask(admin, "POST /query/sql", wrong, "X-Request-Id", "asked-2").statusCode())
        .isEqualTo(400);
    assertThat(ask("lhk_planted-guess", "GET /status", "", "X-Request-Id", "asked-3").statusCode())
        .isEqualTo(401);

    List<JsonNode> first = records("asked-1", 2);
    assertThat(first.get(1).path("phase").asText()).isEqualTo("admitted");
    assertThat(first.get(0).path("phase").asText()).isEqualTo("finished");
    assertThat(first.get(0).path("id")).isEqualTo(first.get(1).path("id"));
    for (JsonNode each : first) {
      assertThat(each.path("principal").asText()).isEqualTo("admin");
      assertThat(each.path("action").asText()).isEqualTo("POST /query/sql");
      assertThat(each.path("tables")).hasToString("[\"ledger\"]");
      assertThat(each.path("columns")).hasToString("[\"id\"]");
      assertThat(each.path("sql").asText())
          .isEqualTo("SELECT id FROM ledger WHERE ? = ? AND id < ?");
      assertThat(each.path("receipt").path("tables").path(0).path("name").asText())
          .isEqualTo("ledger");
      assertThat(each.path("source").asText()).isEqualTo("127.0.0.1");
    }
    assertThat(first.get(0).path("rows").asLong()).isEqualTo(2);
    assertThat(first.get(0).path("status").asInt()).isEqualTo(200);

    JsonNode refused = records("asked-2", 1).get(0);
    assertThat(refused.path("phase").asText()).isEqualTo("refused");
    assertThat(refused.path("code").asText()).isEqualTo("sql_syntax");
    assertThat(refused.path("sql").asText()).isEqualTo("SELECT ? FROM ?…");
    JsonNode guess = records("asked-3", 1).get(0);
    assertThat(guess.path("principal").asText()).isEqualTo("anonymous");
    assertThat(guess.path("code").asText()).isEqualTo("unauthorized");

    JsonNode events =
        all().stream()
            .filter(each -> each.path("action").asText().equals("POST /ingest/events/{dataset}"))
            .filter(each -> each.path("phase").asText().equals("finished"))
            .findFirst()
            .orElseThrow();
    assertThat(events.path("tables")).hasToString("[\"ledger\"]");
    assertThat(events.path("rows").asLong()).isEqualTo(2);
    assertThat(all()).anyMatch(each -> each.path("action").asText().equals("server.started"));
    nothingPlantedIsWritten();
  }

  private static List<JsonNode> all() throws Exception {
    List<JsonNode> records = new ArrayList<>();
    JSON.readTree(ask(admin, "GET /query/audit?limit=1000", "").body())
        .path("records")
        .forEach(records::add);
    return records;
  }

  private static List<JsonNode> records(String requestId, int count) {
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                all().stream()
                    .filter(each -> each.path("requestId").asText().equals(requestId))
                    .toList(),
            found -> found.size() == count);
  }

  /** Keys, passwords and literals are nowhere: not in a file, a log, the console or an answer. */
  private static void nothingPlantedIsWritten() throws Exception {
    List<String> planted =
        List.of(
            admin.substring(17),
            PASSWORD,
            "planted-literal",
            "planted-name",
            "planted-guess",
            "7700177001",
            Files.readString(dir.resolve("data/auth/secret")).strip());
    for (String path :
        List.of(
            "/status",
            "/health",
            "/metrics",
            "/doors",
            "/keys",
            "/query/audit?limit=1000",
            "/ingest",
            "/catalog/datasets",
            "/query/cache/stats")) {
      assertThat(ask(admin, "GET " + path, "").body()).as(path).doesNotContain(planted);
    }
    assertThat(lakehouse.said().replace(admin, "")).doesNotContain(planted);
    try (Stream<Path> files = Files.walk(dir.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("auth/secret")) {
          assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
              .as(file.toString())
              .doesNotContain(planted);
        }
      }
    }
  }
}
