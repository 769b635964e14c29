package dev.lakehouse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.embedded.EmbeddedRegistry;
import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lakehouse, used as its users use it. */
class LakehouseIT {
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path dir;

  private static LakehouseProcess lakehouse;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    lakehouse = LakehouseProcess.up(dir.resolve("data"));
    client = lakehouse.client();
  }

  @AfterAll
  static void stop() {
    lakehouse.close();
  }

  @Test
  void aFileBecomesATable() throws IOException {
    Path file = dir.resolve("sales.csv");
    Files.writeString(
        file,
        "id,Cost Total $,day,note\n"
            + IntStream.rangeClosed(1, 1000)
                .mapToObj(n -> n + "," + n * 3 + ",2024-05-17," + (n % 2 == 0 ? "\"a, b\"" : ""))
                .collect(Collectors.joining("\n")));

    Answers.Ingest ingest = LandedRows.upload(client, file);

    assertThat(ingest.state()).isEqualTo("done");
    assertThat(ingest.rows()).isEqualTo(new Answers.Rows(1000, 1000, 0));
    assertThat(
            LandedRows.one(
                client,
                "SELECT count(*), count(DISTINCT id), sum(\"Cost Total $\"), max(\"day\"),"
                    + " count(DISTINCT _kafka_offset), count(DISTINCT _ingest_id)"
                    + " FROM lake.sales"))
        .containsExactly("1000", "1000", "1501500", "2024-05-17", "1000", "1");

    assertThat(client.upload(file, null, sent -> {}).state()).isEqualTo("duplicate");
  }

  @Test
  void documentsAndMessagesBecomeTables() throws IOException {
    Path pdf = dir.resolve("harbour.pdf");
    Files.writeString(
        pdf,
        """
        %PDF-1.4
        1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
        2 0 obj <</Type /Pages /Count 2 /Kids [3 0 R 4 0 R] /MediaBox [0 0 595 842]
          /Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>> endobj
        3 0 obj <</Type /Page /Parent 2 0 R /Contents 5 0 R>> endobj
        4 0 obj <</Type /Page /Parent 2 0 R /Contents 6 0 R>> endobj
        5 0 obj <</Length 67>> stream
        BT /F 12 Tf 60 700 Td (Captain Dahl has the SSN 536-22-1234) Tj ET
        endstream endobj
        6 0 obj <</Length 47>> stream
        BT /F 12 Tf 60 700 Td (and it stays there) Tj ET
        endstream endobj
        trailer <</Root 1 0 R>>
        startxref
        0
        %%EOF
        """);
    assertThat(LandedRows.upload(client, pdf).rows()).isEqualTo(new Answers.Rows(2, 2, 0));
    assertThat(
            client
                .sql("SELECT page, pages, \"text\", ocr FROM lake.documents ORDER BY page")
                .rows())
        .hasToString(
            "[[1, 2, \"Captain Dahl has the SSN 536-22-1234\", \"none\"], [2, 2, \"and it stays there\", \"none\"]]");

    JsonNode text = column("documents", "text");
    assertThat(text.path("kind").asText()).isEqualTo("national_id");
    assertThat(text.path("inText").asBoolean()).isTrue();
    assertThat(text.path("evidence").path(0).toString())
        .as("one place, in one page, found once")
        .isEqualTo("{\"kind\":\"national_id\",\"values\":0,\"spans\":1,\"byName\":false}");

    Path sms = dir.resolve("sms-20240102.xml");
    Files.writeString(
        sms,
        """
        <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
        <smses count="1"><sms address="+15550100" date="1704190272123" type="1"
         body="hi &#55357;&#56842;" contact_name="Alice" /></smses>
        """);
    Answers.Ingest messages = LandedRows.upload(client, sms);
    assertThat(messages.rows()).isEqualTo(new Answers.Rows(1, 1, 0));
    assertThat(
            client
                .sql("SELECT sender, contact, direction, body, \"time\" FROM lake.sms_20240102")
                .rows())
        .hasToString(
            "[[\"+15550100\", \"Alice\", \"received\", \"hi 😊\", \"2024-01-02T10:11:12.123Z\"]]");
  }

  /** What is known of a column once something personal is found in it. */
  private JsonNode column(String dataset, String name) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              JsonNode found = MissingNode.getInstance();
              JsonNode view = JSON.readTree(get("/catalog/datasets/by-name/" + dataset).body());
              for (JsonNode column : view.path("columns")) {
                found = column.path("name").asText().equals(name) ? column : found;
              }
              return found.path("sensitivity");
            },
            sensitivity -> sensitivity.path("state").asText().equals("sensitive"));
  }

  @Test
  void eventsBecomeATable() {
    byte[] events = "{\"id\":1,\"what\":\"in\"}\n{\"id\":2,\"what\":\"out\"}\n".getBytes(UTF_8);

    client.events("clicks", "application/x-ndjson", events, "clicks-1");
    LandedRows.await(client, "clicks", 2);
    client.events("clicks", "application/x-ndjson", events, "clicks-1");
    client.events("clicks", "application/x-ndjson", "{\"id\":3}".getBytes(UTF_8), "clicks-2");
    LandedRows.await(client, "clicks", 3);

    assertThat(LandedRows.all(client, "SELECT id, what FROM lake.clicks ORDER BY id"))
        .containsExactly(List.of("1", "in"), List.of("2", "out"), List.of("3", "null"));
  }

  @Test
  void aForeignProducersTopicBecomesATable() throws Exception {
    Process producer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ForeignProducer.class.getName(),
                "127.0.0.1:" + lakehouse.ports().get("broker"),
                EmbeddedRegistry.urlAt(port("registry")).toString(),
                "visits",
                "500")
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("producer.log").toFile())
            .start();
    assertThat(producer.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(producer.exitValue()).as(Files.readString(dir.resolve("producer.log"))).isZero();

    LandedRows.await(client, "visits", 500);
    assertThat(LandedRows.one(client, "SELECT count(DISTINCT id), min(who) FROM lake.visits"))
        .containsExactly("500", "visitor 0");
  }

  @Test
  void everythingItListensOnIsLoopback() throws IOException {
    List<Sockets.Listening> main = Sockets.of(lakehouse.pid());
    List<Sockets.Listening> registry = Sockets.of(lakehouse.registryPid());

    assertThat(main).extracting(Sockets.Listening::port).contains(port("http"), port("broker"));
    assertThat(registry).extracting(Sockets.Listening::port).contains(port("registry"));
    assertThat(main).allMatch(Sockets.Listening::isLoopback);
    assertThat(registry).allMatch(Sockets.Listening::isLoopback);
  }

  @Test
  void healthNamesEveryComponent() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(client.status().health().status()).isEqualTo("up"));

    assertThat(client.status().health().components())
        .containsOnlyKeys(
            "broker", "catalog", "classify", "flink", "ingest", "landing", "query", "registry");
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body()).isEqualTo("{\"ready\":true}");
  }

  @Test
  void aRegistryThatDiesIsStartedAgain() {
    long before = lakehouse.registryPid();
    ProcessHandle.of(before).orElseThrow().destroyForcibly();

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(lakehouse.registryPid()).isNotEqualTo(before);
              assertThat(client.status().health().components())
                  .hasEntrySatisfying(
                      "registry", component -> assertThat(component.status()).isEqualTo("up"));
            });
  }

  @Test
  void metricsCountTheProcessAndTheLags() throws IOException {
    Path file = dir.resolve("measured.csv");
    Files.writeString(file, "a\n1\n2\n");
    LandedRows.upload(client, file);

    assertThat(get("/metrics").body())
        .contains("jvm_memory_used_bytes")
        .contains("lakehouse_landing_behind_records{dataset=\"measured\"} 0.0");
  }

  @Test
  void commandsPrintWhatPeopleAndProgramsRead() throws IOException {
    Path file = dir.resolve("printed.csv");
    Files.writeString(file, "name,n\nAnna,1\nBert,22\n");
    Map<String, String> where = Map.of("LAKEHOUSE_URL", lakehouse.url());

    LakehouseProcess.Ended ingest =
        LakehouseProcess.run(dir.resolve("run"), where, "ingest", file.toString());
    LakehouseProcess.Ended again =
        LakehouseProcess.run(dir.resolve("run"), where, "ingest", file.toString());
    LakehouseProcess.Ended table =
        LakehouseProcess.run(
            dir.resolve("run"), where, "sql", "SELECT name, n FROM lake.printed ORDER BY n");
    LakehouseProcess.Ended csv =
        LakehouseProcess.run(
            dir.resolve("run"),
            where,
            "sql",
            "--format=csv",
            "SELECT name, n FROM lake.printed ORDER BY n");
    LakehouseProcess.Ended wrong =
        LakehouseProcess.run(dir.resolve("run"), where, "sql", "SELECT * FROM lake.prined");
    LakehouseProcess.Ended status = LakehouseProcess.run(dir.resolve("run"), where, "status");

    assertThat(ingest.said()).contains("lake.printed  2 rows  (");
    assertThat(again.status()).isZero();
    assertThat(again.said()).contains("is there already");
    assertThat(table.said()).startsWith("name   n\n────  ──\nAnna   1\nBert  22\n(2 rows, ");
    assertThat(csv.said()).isEqualToNormalizingNewlines("name,n\nAnna,1\nBert,22\n");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.said()).contains("prined").contains("printed").doesNotContain("\tat ");
    assertThat(status.said()).contains("landing").contains("printed");
  }

  @Test
  void aSecondOneOnTheSameDirectoryIsRefused() {
    LakehouseProcess.Ended second =
        LakehouseProcess.run(
            dir.resolve("run"), Map.of(), "up", "--port=0", "--data-dir=" + dir.resolve("data"));

    assertThat(second.status()).isEqualTo(3);
    assertThat(second.said())
        .contains("in use by the lakehouse with process id " + lakehouse.pid())
        .contains("--data-dir");
  }

  @Test
  void aSecondOneInTheBackgroundLeavesTheConsoleOfTheFirst() throws IOException {
    Path console = Files.writeString(dir.resolve("data/logs/console.log"), "what it has said\n");

    LakehouseProcess.Ended second =
        LakehouseProcess.run(
            dir.resolve("run"),
            Map.of("JAVA_TOOL_OPTIONS", "-Dlakehouse.script=/bin/false"),
            "up",
            "--detach",
            "--data-dir=" + dir.resolve("data"));

    assertThat(second.status()).isEqualTo(3);
    assertThat(second.said()).contains("in use by the lakehouse with process id");
    assertThat(console).hasContent("what it has said");
  }

  @Test
  void aTakenPortIsNamedWithItsKey() {
    LakehouseProcess.Ended second =
        LakehouseProcess.run(
            dir.resolve("run"),
            Map.of(),
            "up",
            "--port=" + port("http"),
            "--data-dir=" + dir.resolve("other"));

    assertThat(second.status()).isEqualTo(3);
    assertThat(second.said())
        .contains("port " + port("http") + " is taken")
        .contains("server.port");
  }

  @Test
  void nothingIsPrintedWhileIdle() {
    awaitSilence(IDLE);
  }

  @Test
  @Tag("full")
  void nothingIsPrintedInAMinuteOfIdling() {
    awaitSilence(Duration.ofMinutes(1));
  }

  private static void awaitSilence(Duration time) {
    String before = lakehouse.said();

    Awaitility.await()
        .during(time)
        .atMost(time.plusSeconds(5))
        .until(() -> lakehouse.said().equals(before));
    assertThat(before).doesNotContain("WARN").doesNotContain("ERROR");
  }

  @Test
  void theDirectoryHoldsWhatIsUnpacked() throws IOException {
    try (var files = Files.list(dir.resolve("data/tmp"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("flink"));
    }
  }

  private static int port(String part) {
    return lakehouse.ports().getOrDefault(part, 0);
  }

  private static HttpResponse<String> get(String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(lakehouse.url() + path)).build(),
              BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
