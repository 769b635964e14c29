package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.query.catalog.Findings;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Security;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableNames;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** A lake in a directory, written by Iceberg's own writers, and the service over it on a port. */
public final class Lake implements AutoCloseable {
  public static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LakehouseConfig config;
  private final LakeCatalog catalog;
  private final QueryService service;
  private final LakehouseServer server;

  private Lake(LakehouseConfig config, Findings findings) {
    this.config = config;
    catalog = LakeCatalog.open(config.catalog());
    service = QueryService.start(config, () -> findings, catalog, meters, Clock.systemUTC());
    server =
        LakehouseServer.start(
            config.server(),
            Security.of(config.auth()).with(service.access()),
            service.routes(),
            Clock.systemUTC());
  }

  public static Lake in(Path directory) {
    return in(directory, Map.of());
  }

  public static Lake in(Path directory, Map<String, String> settings) {
    return new Lake(config(directory, settings), Findings.NONE);
  }

  public static Lake in(Path directory, Map<String, String> settings, Findings findings) {
    return new Lake(config(directory, settings), findings);
  }

  public static Lake in(Path directory, Findings findings) {
    return new Lake(config(directory, Map.of()), findings);
  }

  public static LakehouseConfig config(Path directory, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("data.dir", directory.toString());
    all.put("server.port", "0");
    LakehouseConfig defaults = LakehouseConfig.of(all);
    return defaults.with(
        defaults
            .catalog()
            .at(
                "jdbc:sqlite:" + directory.resolve("catalog.db"),
                "file:" + directory.resolve("warehouse")));
  }

  public LakehouseConfig config() {
    return config;
  }

  public LakeCatalog catalog() {
    return catalog;
  }

  public QueryService service() {
    return service;
  }

  public PrometheusMeterRegistry meters() {
    return meters;
  }

  public Table create(String name, Schema schema) {
    return create(name, schema, PartitionSpec.unpartitioned());
  }

  public Table create(String name, Schema schema, PartitionSpec spec) {
    return catalog
        .catalog()
        .createTable(
            TableNames.of(new DatasetName(name)), schema, spec, Map.of("format-version", "2"));
  }

  /** Appends rows given as values in column order, all of one partition, as one file and commit. */
  public static void append(Table table, @Nullable Object[]... rows) {
    Schema schema = table.schema();
    List<Record> records = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      Record each = GenericRecord.create(schema);
      for (int i = 0; i < row.length; i++) {
        each.set(i, row[i]);
      }
      records.add(each);
    }
    PartitionKey partition = new PartitionKey(table.spec(), schema);
    partition.partition(new InternalRecordWrapper(schema.asStruct()).wrap(records.get(0)));
    write(table, partition, writer -> records.forEach(writer::write));
  }

  /** Appends whatever is written to a table without partitions, as one file and one commit. */
  public static void write(Table table, Consumer<DataWriter<Record>> rows) {
    write(table, new PartitionKey(table.spec(), table.schema()), rows);
  }

  private static void write(
      Table table, PartitionKey partition, Consumer<DataWriter<Record>> rows) {
    table.refresh();
    OutputFile out =
        table
            .io()
            .newOutputFile(
                table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet"));
    try {
      DataWriter<Record> writer =
          Parquet.writeData(out)
              .forTable(table)
              .withPartition(partition)
              .createWriterFunc(type -> GenericParquetWriter.create(table.schema(), type))
              .overwrite()
              .build();
      try (writer) {
        rows.accept(writer);
      }
      DataFile file = writer.toDataFile();
      table.newFastAppend().appendFile(file).commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Gets a path with headers, names and values in turn. */
  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Posts a body to {@code /query/sql}. */
  public HttpResponse<String> post(Map<String, ?> body, String... headers) {
    return post("/query/sql", body, headers);
  }

  public HttpResponse<String> post(String path, Map<String, ?> body, String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri(path))
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      return send(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of an answer as JSON text. */
  public String rows(String sql) {
    HttpResponse<String> answer = post(Map.of("sql", sql));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return json(answer).get("rows").toString();
  }

  /** Pins tables and waits until their newest states are in memory. */
  public void pin(String... tables) {
    for (String table : tables) {
      HttpResponse<String> answer = post("/query/cache/pin", Map.of("table", table));
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    }
    for (String table : tables) {
      awaitState(table, "READY");
    }
  }

  public void awaitState(String table, String state) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(cached(table).path("state").asText())
                    .as(cached(table).toString())
                    .isEqualTo(state));
  }

  /** Asks again and again until it is answered from memory. */
  public void awaitHit(String table, Runnable asking) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              long hits = cached(table).path("hits").asLong();
              asking.run();
              assertThat(cached(table).path("hits").asLong())
                  .as(cached(table).toString())
                  .isGreaterThan(hits);
            });
  }

  public void evict(String... tables) {
    for (String table : tables) {
      HttpResponse<String> answer = post("/query/cache/evict", Map.of("table", table));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  /** What the cache says of a table; missing if it is not pinned. */
  public JsonNode cached(String table) {
    for (JsonNode each : json(get("/query/cache/stats")).path("tables")) {
      if (each.path("table").asText().equals(table)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  public JsonNode problem(String sql) {
    return json(post(Map.of("sql", sql)));
  }

  public static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    service.close();
    catalog.close();
  }
}
