package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader under policies sees, and what others do. */
class GovernanceIT {
  @TempDir static Path directory;
  private static PolicyLake lake;

  @BeforeAll
  static void start() {
    lake = PolicyLake.in(directory, "qz7a", 9_871_234_561L);
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
  }

  private static HttpResponse<String> ask(String sql) {
    return lake.ask(PolicyLake.READER, Map.of("sql", sql));
  }

  private static JsonNode problem(String sql) {
    HttpResponse<String> answer = ask(sql);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
    return Lake.json(answer);
  }

  private static String adminRows(String sql) {
    HttpResponse<String> answer = lake.ask(PolicyLake.ADMIN, Map.of("sql", sql));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Lake.json(answer).get("rows").toString();
  }

  @Test
  void masksShowWhatTheySay() {
    assertThat(
            lake.rows(
                "SELECT id, number, holder, day, moment, amount, owner, at FROM cards ORDER BY id"))
        .isEqualTo(
            "[[\"1\",\"***1111\",\"Ad***\",\"1815-01-01\",\"2023-01-01\",200.0,\"7\",\"2024-05-06T07:08:00\"],"
                + "[\"2\",\"***\",\"***\",null,null,-100.0,\"7\",\"2024-05-06T07:08:00\"],"
                + "[\"3\",null,null,null,null,null,\"7\",null]]");
    JsonNode columns =
        Lake.json(ask("SELECT number, mail, day, amount, owner, at FROM cards")).get("columns");
    List<String> types = new ArrayList<>();
    columns.forEach(column -> types.add(column.get("type").asText()));
    assertThat(types)
        .containsExactly("varchar", "varchar", "date", "double", "bigint", "timestamp");
    assertThat(lake.rows("DESCRIBE cards"))
        .contains("[\"amount\",\"double\",true]", "[\"day\",\"date\",true]");
  }

  @Test
  void hashesAreEqualWhereValuesAre() throws IOException {
    JsonNode rows =
        Lake.json(ask("SELECT mail, sha256('ada@planted.example') FROM cards ORDER BY id"))
            .get("rows");
    String first = rows.get(0).get(0).asText();
    assertThat(first).matches("[0-9a-f]{64}").isEqualTo(rows.get(1).get(0).asText());
    assertThat(rows.get(0).get(1).asText()).isNotEqualTo(first);
    assertThat(rows.get(2).get(0).isNull()).isTrue();
    assertThat(lake.rows("SELECT count(*) FROM cards a JOIN cards b ON a.mail = b.mail"))
        .isEqualTo("[[\"4\"]]");
    Path salt = directory.resolve("query").resolve("policy.salt");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(salt)))
        .isEqualTo("rw-------");
    String secret = Files.readString(salt);
    for (String sql : List.of("SELECT * FROM cards", "EXPLAIN SELECT mail FROM cards")) {
      assertThat(ask(sql).body()).doesNotContain(secret);
    }
  }

  @Test
  void aRowOfAMaskedTable() {
    assertThat(lake.rows("SELECT * FROM people WHERE id = 3"))
        .isEqualTo("[[\"3\",\"name0\",null,null,null,null,\"somewhere\"]]");
    assertThat(lake.rows("SELECT count(*) FROM people WHERE email IS NULL AND addr = 'somewhere'"))
        .isEqualTo("[[\"8\"]]");
    assertThat(adminRows("SELECT salary FROM people WHERE id = 3")).isEqualTo("[[9.871234564E9]]");
  }

  @Test
  void onlyTheRowsOfTheFilterAreThere() {
    assertThat(lake.rows("SELECT id, region FROM orders ORDER BY id"))
        .isEqualTo(
            "[[\"0\",\"emea\"],[\"2\",\"emea\"],[\"4\",\"emea\"],[\"6\",\"emea\"],[\"8\",\"emea\"],"
                + "[\"10\",\"emea\"]]");
    assertThat(lake.rows("SELECT count(*), sum(amount), max(product) FROM orders"))
        .isEqualTo("[[\"6\",\"300.00\",\"8\"]]");
    assertThat(adminRows("SELECT count(*) FROM orders")).isEqualTo("[[\"12\"]]");
  }

  @Test
  void whatIsDeniedIsNotThere() {
    JsonNode denied = problem("SELECT salary FROM people");
    JsonNode none = problem("SELECT salery FROM people");
    assertThat(denied.get("code").asText()).isEqualTo("unknown_column");
    assertThat(denied.toString().replace("salary", "salery").replaceAll("requestId\":\"[^\"]*", ""))
        .isEqualTo(none.toString().replaceAll("requestId\":\"[^\"]*", ""));
    for (String sql : List.of("SELECT * FROM vault", "DESCRIBE vault", "SELECT 1 FROM vault")) {
      JsonNode hidden = problem(sql);
      JsonNode missing = problem(sql.replace("vault", "vaulx"));
      assertThat(hidden.get("status").asInt()).isEqualTo(404);
      assertThat(hidden.toString().replace("vault", "vaulx").replaceAll("requestId\":\"[^\"]*", ""))
          .isEqualTo(missing.toString().replaceAll("requestId\":\"[^\"]*", ""));
    }
    assertThat(lake.rows("SHOW TABLES")).contains("people").doesNotContain("vault");
    assertThat(problem("SELECT * FROM vaul").get("nearest").toString()).isEqualTo("[]");
  }

  @Test
  void aFailureOfAHiddenRowIsNone() {
    assertThat(lake.rows("SELECT id FROM orders WHERE CAST(product AS INTEGER) > 7 ORDER BY id"))
        .isEqualTo("[[\"8\"],[\"10\"]]");
    assertThat(
            lake.rows(
                "SELECT sum(CAST(product AS INTEGER)) FROM orders WHERE CAST(product AS INTEGER) >"
                    + " 0"))
        .isEqualTo("[[\"30\"]]");
    HttpResponse<String> many =
        lake.ask(
            PolicyLake.READER,
            Map.of(
                "sql",
                "SELECT o.id FROM orders o WHERE CAST(o.product AS INTEGER) >= 0",
                "limit",
                100_000));
    assertThat(many.statusCode()).as(many.body()).isEqualTo(200);
    assertThat(Lake.json(many).get("rows")).hasSize(6);
    JsonNode failed = problem("SELECT CAST(region AS INTEGER) FROM orders");
    assertThat(failed.get("code").asText()).isEqualTo("sql_type_error");
    assertThat(failed.toString()).doesNotContain("emea").doesNotContain("qz7a");
  }

  @Test
  void numbersOfFilesAndRowsAreNotTold() {
    JsonNode body = Lake.json(ask("SELECT id FROM orders WHERE amount > 1000000"));
    assertThat(body.get("stats").get("scannedFiles").asInt()).isZero();
    assertThat(body.get("stats").get("skippedFiles").asInt()).isZero();
    assertThat(body.get("receipt").get("tables").get(0).get("offsets").toString()).isEqualTo("{}");
    assertThat(body.get("receipt").get("policy").asText()).matches("\\d+-[0-9a-f]{16}");
    String plan = lake.rows("EXPLAIN SELECT id FROM orders WHERE id = 1");
    assertThat(plan).contains("a policy applies").doesNotContain("emea").doesNotContain("files");
    assertThat(lake.rows("EXPLAIN SELECT id FROM plain")).contains("reads 1 of 1 files");
  }

  @Test
  void metadataColumnsGoWithTheRows() {
    assertThat(problem("SELECT _kafka_offset FROM orders").get("code").asText())
        .isEqualTo("unknown_column");
    assertThat(adminRows("SELECT max(_kafka_offset) FROM orders")).isEqualTo("[[\"11\"]]");
    Table table =
        lake.landed(
            "plain_meta",
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "secret", Types.StringType.get()),
            NestedField.optional(3, "_kafka_offset", Types.LongType.get()));
    Lake.append(table, Lake.row(1L, "qz7a", 5L));
    lake.found("plain_meta", PersonalKind.NONE, 1);
    assertThat(lake.rows("SELECT *, _kafka_offset FROM plain_meta"))
        .isEqualTo("[[\"1\",null,\"5\"]]");
    assertThat(lake.rows("SELECT m.* FROM plain_meta m WHERE m._kafka_offset = 5"))
        .isEqualTo("[[\"1\",null]]");
  }

  @Test
  void whatIsNotClassifiedIsHidden() {
    Table table =
        lake.landed(
            "plain_new",
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "c", Types.StringType.get()));
    Lake.append(table, Lake.row(1L, "qz7a"));
    assertThat(lake.rows("SELECT * FROM plain_new")).isEqualTo("[[null,null]]");
    lake.found("plain_new", PersonalKind.NONE, 1, 2);
    assertThat(lake.rows("SELECT * FROM plain_new")).isEqualTo("[[\"1\",\"qz7a\"]]");
    PolicyLake.reaches(table, 11);
    assertThat(lake.rows("SELECT * FROM plain_new")).isEqualTo("[[null,null]]");
    assertThat(adminRows("SELECT * FROM plain_new")).isEqualTo("[[\"1\",\"qz7a\"]]");
    PolicyLake.reaches(table, 10);
    lake.found("plain_new", PersonalKind.SALARY, 1);
    assertThat(lake.rows("SELECT id, c FROM plain_new")).isEqualTo("[[null,\"qz7a\"]]");
  }

  @Test
  void thePastIsUnderThePoliciesOfNow() {
    Table table =
        lake.landed(
            "renamed",
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "c", Types.StringType.get()));
    lake.found("renamed", PersonalKind.NONE, 1, 2);
    Lake.append(table, Lake.row(1L, "qz7a"));
    table.refresh();
    long before = table.currentSnapshot().snapshotId();
    String past = "SELECT id, c FROM renamed FOR VERSION AS OF " + before;
    assertThat(lake.rows(past)).isEqualTo("[[\"1\",\"qz7a\"]]");
    table.updateSchema().renameColumn("c", "token").commit();
    Lake.append(table, Lake.row(2L, "qz7a"));
    PolicyLake.reaches(table, 10);
    assertThat(lake.rows("SELECT id, token FROM renamed ORDER BY id"))
        .isEqualTo("[[\"1\",null],[\"2\",null]]");
    assertThat(lake.rows(past)).isEqualTo("[[\"1\",null]]");
    assertThat(problem("SELECT * FROM vault FOR VERSION AS OF 1").get("code").asText())
        .isEqualTo("unknown_table");
  }

  @Test
  void memoryKeepsTheTableAndMasksAreOverIt() {
    HttpResponse<String> pinned =
        lake.lake.post(
            "/query/cache/pin", Map.of("table", "people"), "X-API-Key", PolicyLake.ADMIN);
    assertThat(pinned.statusCode()).as(pinned.body()).isIn(200, 202);
    eventually()
        .until(
            () ->
                lake.lake
                    .get("/query/cache/stats", "X-API-Key", PolicyLake.ADMIN)
                    .body()
                    .contains("READY"));
    assertThat(lake.rows("SELECT name, email FROM people WHERE id = 3"))
        .isEqualTo("[[\"name0\",null]]");
    assertThat(adminRows("SELECT email FROM people WHERE id = 3"))
        .isEqualTo("[[\"qz7a-3@planted.example\"]]");
  }

  @Test
  void theCatalogTellsWhatIsSeen() {
    String list = lake.lake.get("/catalog/datasets", "X-API-Key", PolicyLake.READER).body();
    assertThat(list).contains("people").doesNotContain("vault").doesNotContain("salary");
    JsonNode orders =
        Lake.json(
            lake.lake.get("/catalog/datasets/by-name/orders", "X-API-Key", PolicyLake.READER));
    assertThat(orders.get("rows").isNull()).isTrue();
    assertThat(orders.get("offsets").toString()).isEqualTo("{}");
    assertThat(orders.get("metadataColumns").toString()).isEqualTo("[]");
    JsonNode people =
        Lake.json(
            lake.lake.get("/catalog/datasets/by-name/people", "X-API-Key", PolicyLake.READER));
    assertThat(people.get("columns").get(2).get("mask").asText()).isEqualTo("null");
    assertThat(people.get("columns").get(2).get("sensitivity").toString())
        .isEqualTo("{\"state\":\"sensitive\",\"kind\":\"email\"}");
    HttpResponse<String> hidden =
        lake.lake.get("/catalog/datasets/by-name/vault", "X-API-Key", PolicyLake.READER);
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(hidden.body()).contains("unknown_dataset");
    assertThat(lake.lake.get("/catalog/datasets", "X-API-Key", PolicyLake.NOBODY).body())
        .isEqualTo("{\"datasets\":[]}");
  }

  @Test
  void aDryRunTellsWhatWouldApply() {
    HttpResponse<String> answer =
        lake.ask(
            PolicyLake.READER,
            Map.of(
                "sql", "SELECT p.id FROM people p JOIN orders o ON p.id = o.id", "dryRun", true));
    JsonNode body = Lake.json(answer);
    assertThat(body.get("tables").get(0).get("columns").toString())
        .isEqualTo(
            "[{\"name\":\"id\",\"type\":\"bigint\"},{\"name\":\"name\",\"type\":\"varchar\"},"
                + "{\"name\":\"email\",\"type\":\"varchar\",\"mask\":\"null\"},"
                + "{\"name\":\"born\",\"type\":\"date\",\"mask\":\"null\"},"
                + "{\"name\":\"note\",\"type\":\"varchar\",\"mask\":\"null\"},"
                + "{\"name\":\"tags\",\"type\":\"list(varchar)\",\"mask\":\"null\"},"
                + "{\"name\":\"addr\",\"type\":\"varchar\",\"mask\":\"constant\"}]");
    assertThat(body.get("tables").get(0).get("rowFilter").asBoolean()).isFalse();
    assertThat(body.get("tables").get(1).get("rowFilter").asBoolean()).isTrue();
    assertThat(answer.body()).doesNotContain("emea").doesNotContain("somewhere");
  }

  @Test
  void explainsToManagersAndToEachAboutThemselves() {
    String path = "/policy/explain?dataset=orders";
    JsonNode own = Lake.json(lake.lake.get(path, "X-API-Key", PolicyLake.READER));
    assertThat(own.get("rowFilter").asBoolean()).isTrue();
    assertThat(own.has("filters")).isFalse();
    JsonNode told =
        Lake.json(lake.lake.get(path + "&principal=marie", "X-API-Key", PolicyLake.ADMIN));
    assertThat(told.get("filters").toString()).isEqualTo("[\"region = attr('region')\"]");
    assertThat(
            lake.lake.get(path + "&principal=admin", "X-API-Key", PolicyLake.READER).statusCode())
        .isEqualTo(403);
    assertThat(
            lake.lake
                .get("/policy/explain?dataset=vault", "X-API-Key", PolicyLake.READER)
                .statusCode())
        .isEqualTo(404);
    assertThat(
            lake.lake.get("/policy/explain?dataset=people", "X-API-Key", PolicyLake.READER).body())
        .doesNotContain("salary")
        .contains("role reader says so of email");
    assertThat(lake.lake.get("/policy", "X-API-Key", PolicyLake.READER).statusCode())
        .isEqualTo(403);
    assertThat(
            Lake.json(lake.lake.get("/policy", "X-API-Key", PolicyLake.ADMIN)).get("roles").asInt())
        .isEqualTo(2);
  }

  @Test
  void grantsAreThePolicies() {
    assertThat(lake.lake.service().access().allows("marie", Grant.READ, new DatasetName("people")))
        .isTrue();
    assertThat(
            lake.lake.service().access().allows("marie", Grant.INGEST, new DatasetName("people")))
        .isFalse();
    assertThat(lake.lake.service().access().allowsAll("admin", Grant.MANAGE)).isTrue();
    assertThat(lake.lake.service().access().allowsAll("marie", Grant.READ)).isFalse();
    assertThat(lake.lake.service().access().allows("local", Grant.READ, new DatasetName("people")))
        .isFalse();
  }

  private static void landed(String name) {
    Lake.append(
        lake.landed(name, NestedField.required(1, "id", Types.LongType.get())), Lake.row(1L));
    lake.found(name, PersonalKind.NONE, 1);
  }

  @Test
  void timesOfTheFilterDoNotFollowTheRequest() {
    landed("timed");
    HttpResponse<String> shifted =
        lake.ask(
            PolicyLake.READER, Map.of("sql", "SELECT * FROM timed", "timeZone", "Europe/Berlin"));
    assertThat(Lake.json(shifted).get("code").asText()).isEqualTo("policy_time_zone");
    assertThat(lake.rows("SELECT count(*) FROM timed")).isEqualTo("[[\"1\"]]");
  }

  @Test
  void aPolicyThatDoesNotFitShowsNothing() {
    landed("unfit");
    JsonNode unfit = problem("SELECT * FROM (VALUES (1)) AS v(gone), unfit");
    assertThat(unfit.get("code").asText()).isEqualTo("policy_unfit");
    assertThat(unfit.toString()).doesNotContain("gone");
    landed("nobodys");
    assertThat(lake.rows("SELECT * FROM nobodys")).isEqualTo("[]");
    assertThat(adminRows("SELECT * FROM nobodys")).isEqualTo("[[\"1\"]]");
  }

  @Test
  void changesCountAndMistakesDoNot() throws Exception {
    landed("later");
    Path file = lake.policies.resolve("more.toml");
    String before = version();
    Files.writeString(file, "[[roles.reader]]\ndatasets = [\"later\"]\ngrants = [\"reed\"]\n");
    eventually().until(() -> health().contains("more.toml:3"));
    assertThat(health()).contains("DEGRADED").contains(before + " stays");
    assertThat(problem("SELECT * FROM later").get("code").asText()).isEqualTo("unknown_table");
    assertThat(lake.rows("SELECT count(*) FROM plain")).isEqualTo("[[\"2\"]]");

    Files.writeString(file, "[[roles.reader]]\ndatasets = [\"later\"]\ngrants = [\"read\"]\n");
    eventually().until(() -> health().contains("UP"));
    assertThat(number(version())).isGreaterThan(number(before));
    assertThat(lake.rows("SELECT id FROM later")).isEqualTo("[[\"1\"]]");

    Files.delete(file);
    eventually().until(() -> ask("SELECT * FROM later").statusCode() == 404);
    assertThat(number(version())).isGreaterThan(number(before) + 1);
  }

  private static String health() {
    return String.valueOf(lake.lake.service().health().check().get("policy"));
  }

  private static String version() {
    return Lake.json(lake.lake.get("/policy", "X-API-Key", PolicyLake.ADMIN))
        .get("version")
        .asText();
  }

  private static long number(String version) {
    return Long.parseLong(version.substring(0, version.indexOf('-')));
  }
}
