package dev.lakehouse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.embedded.EmbeddedRegistry;
import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.TableNames;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
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
    lakehouse =
        LakehouseProcess.up(dir.resolve("data"), Map.of("LAKEHOUSE_DERIVED_PAUSE", "500ms"));
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
  void otherProgramsComeToTheTablesByTheCatalog() throws IOException {
    client.events("shared", "application/json", "[{\"id\":1},{\"id\":2}]".getBytes(UTF_8), "s-1");
    LandedRows.await(client, "shared", 2);
    CatalogConfig config =
        new CatalogConfig(
            RESTCatalog.class.getName(),
            lakehouse.url() + "/iceberg",
            dir.resolve("data/warehouse").toUri().toString(),
            Map.of());
    try (LakeCatalog catalog = LakeCatalog.open(config)) {
      Table landed = catalog.table(new DatasetName("shared")).orElseThrow();
      assertThat(landed.currentSnapshot().summary()).containsEntry("total-records", "2");
      assertThat(LandedState.of(landed).orElseThrow().offsets().toString())
          .as("the end of their transaction counts if it was read with them")
          .isIn("0:2", "0:3");

      Table theirs =
          catalog
              .catalog()
              .createTable(
                  TableNames.of(new DatasetName("theirs")),
                  new Schema(Types.NestedField.required(1, "id", Types.LongType.get())),
                  PartitionSpec.unpartitioned(),
                  Map.of("format-version", "2"));
      GenericRecord row = GenericRecord.create(theirs.schema());
      DataWriter<Record> writer =
          Parquet.writeData(
                  theirs
                      .io()
                      .newOutputFile(theirs.locationProvider().newDataLocation("one.parquet")))
              .forTable(theirs)
              .createWriterFunc(type -> GenericParquetWriter.create(theirs.schema(), type))
              .build();
      try (writer) {
        writer.write(row.copy("id", 7L));
      }
      theirs.newAppend().appendFile(writer.toDataFile()).commit();
      assertThat(LandedRows.one(client, "SELECT id FROM theirs")).containsExactly("7");
    }
  }

  @Test
  void aTableIsMergedWhenAskedFor() throws Exception {
    for (int batch = 0; batch < 6; batch++) {
      String rows = "[{\"id\":" + batch * 2 + "},{\"id\":" + (batch * 2 + 1) + "}]";
      client.events("upkept", "application/json", rows.getBytes(UTF_8), "upkept-" + batch);
      LandedRows.await(client, "upkept", batch * 2L + 2);
    }

    HttpResponse<String> asked = post("/query/compact", "{\"dataset\": \"upkept\"}");
    assertThat(asked.statusCode()).isEqualTo(202);
    String location = asked.headers().firstValue("Location").orElseThrow();
    assertThat(location)
        .isEqualTo("/query/compact/" + JSON.readTree(asked.body()).path("id").asText());
    JsonNode run =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> JSON.readTree(get(location).body()),
                told -> told.path("state").asText().equals("done"));

    assertThat(run.path("files").path("before").asInt()).isGreaterThan(1);
    assertThat(run.path("files").path("after").asInt()).isEqualTo(1);
    assertThat(run.path("error").isNull()).isTrue();
    assertThat(LandedRows.one(client, "SELECT count(*), count(DISTINCT id), sum(id) FROM upkept"))
        .containsExactly("12", "12", "66");
    client.events("upkept", "application/json", "[{\"id\":12}]".getBytes(UTF_8), "upkept-6");
    LandedRows.await(client, "upkept", 13);
    assertThat(get("/query/compact?dataset=upkept").body()).contains(run.path("id").asText());
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(get("/metrics").body())
                    .contains("lakehouse_maintain_runs_total{outcome=\"done\"}"));

    HttpResponse<String> unknown = post("/query/compact", "{\"dataset\": \"upkeptt\"}");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("unknown_dataset", "[\"upkept\"");
    assertThat(post("/query/compact", "{\"table\": \"upkept\"}").body()).contains("bad_request");
    assertThat(get("/query/compact/none").body()).contains("unknown_run");
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(lakehouse.url() + path))
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
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

  private static String say(String... arguments) {
    return LakehouseProcess.run(
            dir.resolve("run"), Map.of("LAKEHOUSE_URL", lakehouse.url()), arguments)
        .said();
  }

  @Test
  void whatWasRefusedIsCorrectedAndWhatIsNotWantedLeaves() throws Exception {
    Path good = dir.resolve("ledger.csv");
    Files.writeString(good, "id,amount\n1,1.5\n2,2.5\n3,3.5\n");
    assertThat(LandedRows.upload(client, good).state()).isEqualTo("done");
    Path mixed = dir.resolve("ledger2.csv");
    Files.writeString(mixed, "id,amount\n4,4.5\n5,x\n6,6.5\n");
    String id = client.upload(mixed, "ledger", sent -> {}).id();
    assertThat(LandedRows.untilEnded(client, id).rows()).isEqualTo(new Answers.Rows(3, 2, 1));

    assertThat(say("quarantine", id)).contains("misfit").contains("5,x");
    assertThat(say("quarantine", id, "--replay"))
        .contains("is kept: ")
        .contains("0 rows were replayed, 1 are kept");
    String entry = client.quarantine(id, 10).items().get(0).entry();
    HttpResponse<String> replayed =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(client.url() + "/ingest/" + id + "/quarantine/replay"))
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"rows\": [{\"entry\": \""
                                + entry
                                + "\", \"values\": {\"id\": 5, \"amount\": \"5.50\"}}]}"))
                    .build(),
                BodyHandlers.ofString());
    assertThat(replayed.body()).contains("\"replayed\":1");
    assertThat(LandedRows.untilEnded(client, id).rows()).isEqualTo(new Answers.Rows(3, 3, 0));
    assertThat(LandedRows.all(client, "SELECT id, amount FROM lake.ledger ORDER BY id"))
        .extracting(row -> row.get(1))
        .containsExactly("1.5", "2.5", "3.5", "4.5", "5.5", "6.5");

    assertThat(say("undo", id)).contains("is undone");
    assertThat(LandedRows.all(client, "SELECT id FROM lake.ledger ORDER BY id"))
        .containsExactly(List.of("1"), List.of("2"), List.of("3"));
    assertThat(say("ingest", "--again", id))
        .contains("lake.ledger  2 rows")
        .contains("1 row in quarantine: lakehouse quarantine ");
    assertThat(LandedRows.all(client, "SELECT id FROM lake.ledger ORDER BY id"))
        .containsExactly(List.of("1"), List.of("2"), List.of("3"), List.of("4"), List.of("6"));
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

  /**
   * Declared with a key, filled by a file and by events, renamed and deleted, as a user does it.
   */
  @Test
  void datasetsCanBeLivedWith() throws IOException {
    String url = "--url=" + client.url();
    assertThat(
            command(
                    "datasets",
                    "create",
                    "stock",
                    url,
                    "--column=sku:varchar",
                    "--column=shop:int",
                    "--column=left:bigint",
                    "--key=sku",
                    "--key=shop",
                    "--partition=shop:bucket[4]")
                .said())
        .contains("lake.stock is declared; its records go to topic data.stock");
    Path file = dir.resolve("stock.csv");
    Files.writeString(file, "sku,shop,left\na,1,10\nb,1,20\na,2,30\na,1,11\n,1,99\n");
    assertThat(LandedRows.upload(client, file).rows()).isEqualTo(new Answers.Rows(5, 4, 1));
    client.events(
        "stock",
        "application/x-ndjson",
        "{\"sku\":\"b\",\"shop\":1,\"left\":19}\n{\"sku\":\"c\",\"shop\":3,\"left\":5}"
            .getBytes(UTF_8),
        "stock-1");
    String all = "SELECT sku, shop, \"left\" FROM lake.%s ORDER BY sku, shop";
    List<List<String>> expected =
        List.of(
            List.of("a", "1", "11"),
            List.of("a", "2", "30"),
            List.of("b", "1", "19"),
            List.of("c", "3", "5"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(LandedRows.all(client, all.formatted("stock"))).isEqualTo(expected));
    assertThat(command("datasets", "show", "stock", url).said())
        .contains("keys: sku, shop", "partitioned by: shop (bucket[4])", "never");

    assertThat(command("datasets", "rename", "stock", "goods", url).status()).isZero();
    assertThat(LandedRows.all(client, all.formatted("goods"))).isEqualTo(expected);
    client.events(
        "goods",
        "application/x-ndjson",
        "{\"sku\":\"c\",\"shop\":3,\"left\":4}".getBytes(UTF_8),
        "goods-1");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(LandedRows.all(client, all.formatted("goods")))
                    .hasSize(4)
                    .contains(List.of("c", "3", "4")));
    assertThat(command("datasets", url).said()).contains("goods").doesNotContain("stock");

    LakehouseProcess.Ended asked = command("datasets", "delete", "goods", url);
    assertThat(asked.status()).isEqualTo(2);
    assertThat(asked.said()).contains("would be gone", "say --yes");
    assertThat(command("datasets", "delete", "goods", "--yes", url).status()).isZero();
    assertThat(command("datasets", "show", "goods", url).status()).isEqualTo(1);
    Path again = Files.move(file, dir.resolve("goods.csv"));
    assertThat(LandedRows.upload(client, again).state()).isEqualTo("done");
    assertThat(LandedRows.one(client, "SELECT count(*) FROM lake.goods")).containsExactly("5");
  }

  private static LakehouseProcess.Ended command(String... arguments) {
    return LakehouseProcess.run(dir.resolve("commands"), Map.of(), arguments);
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
  void aTableIsMadeOfAQuery() {
    DerivedTables derived = new DerivedTables(client);
    String query =
        "SELECT CAST(7 AS INTEGER) AS i, CAST(9007199254740993 AS BIGINT) AS b, CAST(-1.50 AS"
            + " DECIMAL(10,2)) AS d, CAST(0.5 AS DOUBLE) AS f, 'ü' AS t, DATE '1969-12-31' AS day,"
            + " TIMESTAMP '2024-06-01 12:00:00.123456' AS ts, CAST('2024-06-01 12:00:00+02:00' AS"
            + " TIMESTAMP WITH TIME ZONE) AS tz, from_hex('00ff') AS bin, ARRAY[1, NULL] AS l,"
            + " map(ARRAY['k'], ARRAY[7]) AS m, map_entries(map(ARRAY['k'], ARRAY[7])) AS s,"
            + " CAST(NULL AS VARCHAR) AS \"no value\", 'mila.berg@example.org' AS mail";
    DerivedTables.Said expected = derived.sql(query);
    assertThat(derived.rows("CREATE TABLE lake.typed AS " + query).toString())
        .isEqualTo("[[\"typed\",\"filled\",\"1\"]]");
    DerivedTables.Said made = derived.sql("SELECT * FROM typed");
    assertThat(made.body().get("columns")).isEqualTo(expected.body().get("columns"));
    assertThat(made.body().get("rows")).isEqualTo(expected.body().get("rows"));
    assertThat(column("typed", "mail").path("kind").asText())
        .as("what is derived is classified as any data")
        .isEqualTo("email");

    assertThat(
            derived
                .rows(
                    "CREATE TABLE counted AS SELECT n, n % 7 AS k FROM"
                        + " UNNEST(sequence(1, 30000)) AS u(n)")
                .toString())
        .isEqualTo("[[\"counted\",\"filled\",\"30000\"]]");
    assertThat(derived.rows("SELECT count(*), count(DISTINCT n), sum(n), sum(k) FROM counted"))
        .isEqualTo(
            derived.rows(
                "SELECT count(*), count(DISTINCT n), sum(n), sum(n % 7) FROM"
                    + " UNNEST(sequence(1, 30000)) AS u(n)"));
    client.events("counted", "application/json", "[{\"n\":0,\"k\":0}]".getBytes(UTF_8), "c-1");
    LandedRows.await(client, "counted", 30_001);

    assertThat(derived.sql("CREATE TABLE typed AS SELECT 1 AS x").code())
        .isEqualTo("dataset_exists");
    assertThat(derived.rows("CREATE TABLE IF NOT EXISTS typed AS SELECT 1 AS x").toString())
        .isEqualTo("[[\"typed\",\"exists\",null]]");
    assertThat(derived.sql("CREATE TABLE twice AS SELECT 1 AS a, 2 AS A").code())
        .isEqualTo("bad_columns");
    assertThat(derived.sql("CREATE TABLE nulls AS SELECT NULL AS a").code())
        .isEqualTo("unsupported_type");
    assertThat(derived.sql("CREATE TABLE spied AS SELECT * FROM read_text('/etc/passwd')").code())
        .isEqualTo("sql_not_allowed");
    assertThat(derived.sql("CREATE TABLE lost AS SELECT * FROM typd").body().get("nearest"))
        .hasToString("[\"typed\"]");
    for (int again = 0; again < 2; again++) {
      assertThat(
              derived
                  .sql("CREATE TABLE broken AS SELECT CAST(t AS INTEGER) AS x FROM typed")
                  .code())
          .as("what fails leaves nothing, not even its name")
          .isIn("sql_failed", "sql_type_error");
    }
    assertThat(derived.sql("SELECT * FROM broken").code()).isEqualTo("unknown_table");
    assertThat(
            derived
                .rows("CREATE TABLE broken AS SELECT x FROM (VALUES (1)) AS v(x) WHERE x = 0")
                .toString())
        .isEqualTo("[[\"broken\",\"filled\",\"0\"]]");
    assertThat(derived.rows("SELECT x FROM broken")).isEmpty();
  }

  /** Each state of the source is one generation: so many numbers, each so often. */
  @Test
  void aTableFollowsItsSources() throws Exception {
    DerivedTables derived = new DerivedTables(client);
    client.events("ticks", "application/json", "[{\"n\":1}]".getBytes(UTF_8), "ticks-1");
    LandedRows.await(client, "ticks", 1);
    assertThat(
            derived
                .rows(
                    "CREATE MATERIALIZED VIEW ticked REFRESH ON COMMIT AS SELECT n, m, (SELECT"
                        + " count(*) FROM ticks) AS size FROM ticks CROSS JOIN"
                        + " UNNEST(sequence(1, 3000)) AS u(m)")
                .toString())
        .isEqualTo("[[\"ticked\",\"filled\",\"3000\"]]");
    assertThat(
            derived
                .define(
                    "tocked",
                    "SELECT count(*) AS many, max(size) AS size FROM ticked",
                    Map.of("onCommit", true))
                .status())
        .isEqualTo(201);
    AtomicBoolean over = new AtomicBoolean();
    String whole =
        "SELECT min(size), max(size), count(*), count(DISTINCT n * 100000 + m), count(DISTINCT"
            + " _ingest_id) FROM ticked";
    CompletableFuture<Set<String>> seen =
        CompletableFuture.supplyAsync(
            () -> {
              Set<String> all = new HashSet<>();
              while (!over.get()) {
                all.add(derived.rows(whole).toString());
                LockSupport.parkNanos(20_000_000);
              }
              return all;
            });
    Set<String> expected = new HashSet<>();
    for (int size = 1; size <= 4; size++) {
      if (size > 1) {
        byte[] next = ("[{\"n\":" + size + "}]").getBytes(UTF_8);
        client.events("ticks", "application/json", next, "ticks-" + size);
      }
      String rows = Integer.toString(3_000 * size);
      expected.add("[[\"%d\",\"%d\",\"%s\",\"%s\",\"1\"]]".formatted(size, size, rows, rows));
      if (size % 2 == 0) {
        derived.awaitRows("SELECT max(size) FROM ticked", "[[\"" + size + "\"]]");
      }
    }
    derived.awaitRows("SELECT many, size FROM tocked", "[[\"12000\",\"4\"]]");
    over.set(true);
    assertThat(seen.get(30, TimeUnit.SECONDS))
        .as("no answer is half of one generation or of two")
        .isSubsetOf(expected)
        .contains("[[\"4\",\"4\",\"12000\",\"12000\",\"1\"]]");

    JsonNode view = derived.await("ticked", each -> each.path("state").asText().equals("fresh"));
    assertThat(view.get("rows").asLong()).isEqualTo(12_000);
    String snapshot = view.get("sources").get(0).get("snapshotId").asText();
    JsonNode lineage = derived.send("GET", "/catalog/datasets/by-name/ticked/lineage", null).body();
    assertThat(lineage.at("/upstream/0/from").asText()).isEqualTo("ticks");
    assertThat(lineage.at("/upstream/0/snapshotId").asText()).isEqualTo(snapshot);
    assertThat(lineage.at("/downstream/0/to").asText()).isEqualTo("tocked");
    assertThat(
            lineageEvents().stream()
                .filter(event -> event.at("/run/runId").equals(view.get("generation")))
                .map(
                    event ->
                        event.get("eventType").asText()
                            + " "
                            + event.at("/inputs/0/name").asText()))
        .containsExactly("START ticks", "COMPLETE ticks");

    assertThat(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(client.url() + "/ingest/events/ticked"))
                        .POST(BodyPublishers.ofString("[{\"n\":1}]"))
                        .build(),
                    BodyHandlers.ofString())
                .body())
        .contains("dataset_derived");
    for (String ended : List.of("tocked", "ticked")) {
      assertThat(derived.end(ended).status()).isIn(200, 202);
      derived.await(ended, each -> each.path("code").asText().equals("unknown_derived"));
    }
    client.events(
        "tocked", "application/json", "[{\"many\":1,\"size\":1}]".getBytes(UTF_8), "tocked");
    LandedRows.await(client, "tocked", 2);
  }

  private List<JsonNode> lineageEvents() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    KafkaClients clients =
        new KafkaClients(
            LakehouseConfig.of(Map.of("kafka.bootstrap", "127.0.0.1:" + port("broker"))).kafka());
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
      TopicPartition partition = new TopicPartition("catalog.lineage", 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          events.add(JSON.readTree(record.value()));
        }
      }
    }
    return events;
  }

  @Test
  void aTableThatCannotBeRefreshedKeepsItsRows() {
    DerivedTables derived = new DerivedTables(client);
    client.events("rates", "application/json", "[{\"n\":1}]".getBytes(UTF_8), "rates-1");
    LandedRows.await(client, "rates", 1);
    assertThat(derived.define("rated", "SELECT n FROM rates", Map.of("every", "1s")).status())
        .isEqualTo(201);
    derived.awaitRows("SELECT n FROM rated", "[[\"1\"]]");
    client.events("rates", "application/json", "[{\"n\":2}]".getBytes(UTF_8), "rates-2");
    derived.awaitRows("SELECT n FROM rated ORDER BY n", "[[\"1\"],[\"2\"]]");

    derived.delete("rates");
    JsonNode failing =
        derived.await("rated", view -> view.path("state").asText().equals("failing"));
    assertThat(failing.at("/error/code").asText()).isEqualTo("unknown_table");
    assertThat(derived.rows("SELECT n FROM rated ORDER BY n").toString())
        .isEqualTo("[[\"1\"],[\"2\"]]");
    assertThat(
            derived.send("GET", "/health", null).body().at("/components/derived/detail").asText())
        .contains("rated");
    assertThat(get("/metrics").body())
        .contains("lakehouse_derived_refresh_seconds_count{outcome=\"unknown_table\"}");
    assertThat(derived.define("rates", "SELECT n FROM rated", Map.of("every", "1s")).code())
        .isEqualTo("derived_cycle");
    assertThat(derived.define("self", "SELECT n FROM self", Map.of("every", "1s")).code())
        .isEqualTo("derived_cycle");
    assertThat(derived.define("rated", "SELECT 1 AS n", Map.of("every", "1s")).code())
        .isEqualTo("dataset_exists");
    assertThat(derived.define("Rated", "SELECT 1 AS n", Map.of("every", "1s")).code())
        .isEqualTo("bad_dataset_name");
    assertThat(derived.define("clock", "SELECT 1 AS n", Map.of("onCommit", true)).code())
        .isEqualTo("bad_refresh");
    assertThat(derived.send("DELETE", "/catalog/datasets/by-name/rated", null).code())
        .isEqualTo("dataset_derived");

    client.events("rates", "application/json", "[{\"n\":3}]".getBytes(UTF_8), "rates-3");
    derived.awaitRows("SELECT n FROM rated", "[[\"3\"]]");
    derived.await("rated", view -> view.path("failures").asInt(-1) == 0);
    assertThat(derived.end("rated").status()).isIn(200, 202);
    derived.await("rated", view -> view.path("code").asText().equals("unknown_derived"));
    derived.delete("rated");
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
            "broker",
            "catalog",
            "classify",
            "derived",
            "flink",
            "ingest",
            "landing",
            "maintain",
            "query",
            "registry");
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body()).isEqualTo("{\"ready\":true}");
  }

  @Test
  void aRegistryThatDiesIsStartedAgain() {
    long before = lakehouse.registryPid();
    ProcessHandle.of(before).orElseThrow().destroyForcibly();

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreException(UncheckedIOException.class)
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
  void arrowStreamsComeOutOfTheProcessAsItIsStarted() throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(lakehouse.url() + "/query/sql"))
                    .header("Accept", "application/vnd.apache.arrow.stream")
                    .POST(BodyPublishers.ofString("{\"sql\": \"SELECT 'arrow' AS word\"}"))
                    .build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith(-1, -1, -1, -1).endsWith(-1, -1, -1, -1, 0, 0, 0, 0);
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
