package dev.lakehouse.local.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import dev.lakehouse.local.client.ResultFormat;
import dev.lakehouse.local.client.TextTable;
import dev.lakehouse.local.command.Waiting;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Puts the shipped data in by each door and asks the questions. Can be repeated on one lakehouse.
 */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int POLL_MILLIS = 100;
  private static final String READINGS = "demo_readings";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiClient client;
  private final Shipments shipments;
  private final Path scratch;
  private final PrintWriter out;
  private final Map<String, Long> expectedRows = new TreeMap<>();

  /**
   * @param client of the running lakehouse
   * @param config with its addresses known
   * @param scratch a directory for the shipped files
   */
  public Demo(ApiClient client, LakehouseConfig config, Path scratch, PrintWriter out) {
    this.client = client;
    this.shipments =
        new Shipments(
            new KafkaClients(config.kafka()),
            new SchemaRegistry(URI.create(config.registry().url()), config.registry().headers()));
    this.scratch = scratch;
    this.out = out;
  }

  /**
   * Runs the whole tour.
   *
   * @throws DemoFailed if a step fails or an answer is not what the shipped data must give
   */
  public void run() throws InterruptedException {
    say("");
    say("Two files go in by HTTP (POST /ingest/file):");
    upload("demo_customers.csv", 24);
    upload("demo_orders.csv", 240);
    say("Events go in by HTTP (POST /ingest/events/" + READINGS + "):");
    events(160);
    say("Records go in by a plain Kafka producer (topic data." + Shipments.DATASET + "):");
    records(188);
    awaitRows();
    tables();
    for (Question question : questions()) {
      ask(question);
    }
  }

  private void upload(String name, long rows) throws InterruptedException {
    Path file = scratch.resolve(name);
    try (InputStream in = resource(name)) {
      Files.createDirectories(scratch);
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Answers.Accepted accepted = client.upload(file, null, sent -> {});
    boolean duplicate = accepted.state().equals("duplicate");
    Answers.Ingest ingest = Waiting.untilEnded(client, accepted.ingestId(), seen -> {});
    if (!ingest.state().equals("done") || ingest.rows().quarantined() != 0) {
      throw new DemoFailed(
          name
              + " was not taken whole: "
              + ingest.state()
              + (ingest.error() == null ? "" : ", " + ingest.error().inOneLine()));
    }
    say("  " + name + (duplicate ? "  is there already" : "  " + rows + " rows"));
    expectedRows.put(name.replace(".csv", ""), rows);
  }

  private void events(long rows) {
    try (InputStream in = resource(READINGS + ".ndjson")) {
      client.events(READINGS, "application/x-ndjson", in.readAllBytes(), "lakehouse-demo-readings");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    say("  " + rows + " events acknowledged");
    expectedRows.put(READINGS, rows);
  }

  private void records(long rows) throws InterruptedException {
    if (shipments.areThere()) {
      say("  they are there already");
    } else {
      try (InputStream in = resource(Shipments.DATASET + ".json")) {
        shipments.send(JSON.readValue(in, new TypeReference<List<JsonNode>>() {}));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      say("  " + rows + " records");
    }
    expectedRows.put(Shipments.DATASET, rows);
  }

  private void awaitRows() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Map.Entry<String, Long> expected : expectedRows.entrySet()) {
      long rows = rows(expected.getKey());
      while (rows != expected.getValue()) {
        if (System.nanoTime() > deadline) {
          throw new DemoFailed(
              "lake."
                  + expected.getKey()
                  + " has "
                  + rows
                  + " rows after "
                  + PATIENCE.toSeconds()
                  + " s and not "
                  + expected.getValue());
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        rows = rows(expected.getKey());
      }
    }
  }

  /** Rows that can be queried now; a table that is not there yet has none. */
  private long rows(String dataset) {
    try {
      return client.sql("SELECT count(*) FROM lake." + dataset).rows().get(0).get(0).asLong();
    } catch (ApiException notThere) {
      if (notThere.kind() == ApiException.Kind.UNREACHABLE) {
        throw notThere;
      }
      return 0;
    }
  }

  private void tables() {
    TextTable table =
        new TextTable(List.of("table", "rows", "columns"), List.of(false, true, false));
    expectedRows.forEach(
        (dataset, rows) -> {
          Answers.Result sample = client.sql("SELECT * FROM lake." + dataset + " LIMIT 1");
          table.add(
              List.of(
                  "lake." + dataset,
                  Long.toString(rows),
                  String.join(", ", sample.columns().stream().map(Answers.Column::name).toList())));
        });
    say("");
    say("These tables have come of it:");
    say("");
    out.print(table);
  }

  private void ask(Question question) {
    say("");
    say(question.title());
    question.sql().lines().forEach(line -> say("    " + line));
    say("");
    Answers.Result result = client.sql(question.sql());
    ResultFormat.TABLE.print(result, out);
    out.flush();
    if (!question.isAnsweredBy(result)) {
      throw new DemoFailed(
          "the answer to '"
              + question.title()
              + "' is not what the shipped data must give: "
              + question.rows());
    }
  }

  private static List<Question> questions() {
    try (InputStream in = resource("questions.json")) {
      return JSON.readValue(in, new TypeReference<List<Question>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        Demo.class.getResourceAsStream("/demo/" + name), "the program does not ship " + name);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
