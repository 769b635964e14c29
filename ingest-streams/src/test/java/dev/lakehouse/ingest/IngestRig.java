package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.embedded.EmbeddedParts;
import dev.lakehouse.ingest.dataset.Steps;
import dev.lakehouse.ingest.store.DiskMark;
import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.KafkaConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.config.ObjectsConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/**
 * One broker and registry for all tests of this JVM, and an ingest service over HTTP on top of
 * them, which a test may stop and start.
 */
final class IngestRig implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final EmbeddedParts PARTS = parts();

  static {
    // A thread of Kafka Streams under which a topic is deleted dies and is replaced, as it should.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
  final LakehouseConfig config;
  final KafkaClients clients;
  final SchemaRegistry registry;
  final LakeCatalog catalog;
  final IngestService service;
  final LakehouseServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, GenericDatumReader<GenericRecord>> decoders = new HashMap<>();

  IngestRig(Map<String, String> settings, Clock clock) {
    this(
        settings,
        PARTS.config().objects(),
        PARTS.config().catalog(),
        clock,
        KafkaClients::new,
        (change, step) -> {});
  }

  private IngestRig(
      Map<String, String> settings,
      ObjectsConfig objects,
      CatalogConfig lake,
      Clock clock,
      Function<KafkaConfig, KafkaClients> clients,
      Steps steps) {
    LakehouseConfig shared = PARTS.config();
    Map<String, String> all = new HashMap<>(settings);
    all.put("data.dir", stateDirectory().toString());
    LakehouseConfig own = LakehouseConfig.of(all);
    this.config =
        own.with(own.kafka().at(shared.kafka().bootstrap()))
            .with(shared.registry())
            .with(objects)
            .with(lake);
    this.clients = clients.apply(config.kafka());
    this.registry = new SchemaRegistry(URI.create(config.registry().url()), Map.of());
    this.catalog = LakeCatalog.open(config.catalog());
    this.service =
        IngestService.start(
            config,
            this.clients,
            registry,
            catalog,
            meters,
            new DiskMark(freeBytes::get, 1 << 30),
            steps,
            clock);
    this.server =
        LakehouseServer.start(new ServerConfig("127.0.0.1", 0), config.auth(), service.routes());
  }

  static IngestRig start() {
    return new IngestRig(Map.of(), Clock.systemUTC());
  }

  /** Keeps uploads in another store than the rest of this JVM's tests. */
  static IngestRig startAt(ObjectsConfig objects) {
    return new IngestRig(
        Map.of(),
        objects,
        PARTS.config().catalog(),
        Clock.systemUTC(),
        KafkaClients::new,
        (change, step) -> {});
  }

  /** Its changes of datasets are told of each step. */
  static IngestRig stepping(Map<String, String> settings, Clock clock, Steps steps) {
    return new IngestRig(
        settings,
        PARTS.config().objects(),
        PARTS.config().catalog(),
        clock,
        KafkaClients::new,
        steps);
  }

  /** Its {@link #clients} are {@link FaultyClients}. */
  static IngestRig faulty(Map<String, String> settings, Clock clock) {
    return new IngestRig(
        settings,
        PARTS.config().objects(),
        PARTS.config().catalog(),
        clock,
        FaultyClients::new,
        (change, step) -> {});
  }

  /**
   * Its commits to tables go wrong as {@link FaultyCatalog} is told, those to topics as its clients
   * are.
   */
  static IngestRig doubtful() {
    CatalogConfig real = PARTS.config().catalog();
    return new IngestRig(
        Map.of(),
        PARTS.config().objects(),
        new CatalogConfig(
            FaultyCatalog.class.getName(), real.uri(), real.warehouse(), real.properties()),
        Clock.systemUTC(),
        FaultyClients::new,
        (change, step) -> {});
  }

  private static Path stateDirectory() {
    try {
      return Files.createTempDirectory(Path.of("target"), "ingest-state");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EmbeddedParts parts() {
    try {
      Path dir = Files.createTempDirectory(Path.of("target"), "ingest-it");
      EmbeddedParts parts = EmbeddedParts.start(dir, Map.of());
      Runtime.getRuntime().addShutdownHook(new Thread(parts::close));
      return parts;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An answer: status and JSON body. */
  record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asText();
    }
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(at(path)).build());
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * What an ingest's stream of events says, as it comes.
   *
   * @param end completes once the stream ends
   */
  record Followed(List<JsonNode> views, CompletableFuture<Void> end) {}

  Followed follow(String ingestId) {
    List<JsonNode> views = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> end =
        http.sendAsync(
                HttpRequest.newBuilder(at("/ingest/" + ingestId + "/events"))
                    .header("Accept", "text/event-stream")
                    .build(),
                BodyHandlers.ofLines())
            .thenAcceptAsync(
                response ->
                    response
                        .body()
                        .filter(line -> line.startsWith("data:"))
                        .forEach(line -> views.add(json(line.substring("data:".length())))));
    return new Followed(views, end);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer post(String path, Object body) {
    try {
      return send(
          HttpRequest.newBuilder(at(path))
              .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer delete(String path) {
    return send(HttpRequest.newBuilder(at(path)).DELETE().build());
  }

  Answer upload(String name, byte[] content, Map<String, String> fields) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (field, value) ->
            body.writeBytes(
                ("--XX\r\nContent-Disposition: form-data; name=\""
                        + field
                        + "\"\r\n\r\n"
                        + value
                        + "\r\n")
                    .getBytes(UTF_8)));
    body.writeBytes(
        ("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + name
                + "\"\r\nContent-Type: text/csv\r\n\r\n")
            .getBytes(UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n--XX--\r\n".getBytes(UTF_8));
    return send(
        HttpRequest.newBuilder(at("/ingest/file"))
            .header("Content-Type", "multipart/form-data; boundary=XX")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  Answer upload(String dataset, String csv) {
    return upload(dataset + ".csv", csv.getBytes(UTF_8), Map.of("dataset", dataset));
  }

  /** Waits until the reader is through with the ingest; its last view. */
  JsonNode awaitRead(String id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> get("/ingest/" + id).body(),
            view -> !List.of("received", "reading").contains(view.path("state").asText()));
  }

  /** Every committed record of the topic. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo info : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** The record as column name → value. */
  Map<String, Object> decode(ConsumerRecord<byte[], byte[]> record) {
    GenericDatumReader<GenericRecord> reader =
        decoders.computeIfAbsent(
            ConfluentWire.schemaId(record.value()).orElseThrow(),
            id -> new GenericDatumReader<>(registry.byId(id)));
    try {
      GenericRecord read =
          reader.read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(
                      record.value(),
                      ConfluentWire.HEADER_BYTES,
                      record.value().length - ConfluentWire.HEADER_BYTES,
                      null));
      Map<String, Object> row = new LinkedHashMap<>();
      read.getSchema()
          .getFields()
          .forEach(
              field -> {
                Object value = read.get(field.pos());
                String own = field.getProp("lakehouse.name");
                row.put(
                    own == null ? field.name() : own,
                    value instanceof CharSequence text ? text.toString() : value);
              });
      return row;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Map<String, Object>> rows(String dataset) {
    return records("data." + dataset).stream().map(this::decode).toList();
  }

  @Override
  public void close() {
    server.close();
    service.close();
    catalog.close();
  }
}
