package dev.lakehouse.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lakehouse.embedded.StandaloneFlink;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shaded jar on a Flink cluster that is not ours: broker, job manager and task manager are each
 * a process of their own, and the Flink processes have nothing but Flink on their class path. The
 * job comes to the catalog by its REST door.
 */
class StandaloneClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path dir;

  private final Deque<Process> processes = new ArrayDeque<>();

  @AfterEach
  void stopWhatWasStarted() {
    while (!processes.isEmpty()) {
      Process process = processes.pop();
      process.destroy();
      process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void aRowGetsThroughTheShadedJarOnAClusterOfItsOwn() throws Exception {
    LakehouseConfig config = startBrokerAndRegistry();
    try (StandaloneFlink flink = StandaloneFlink.start(dir.resolve("flink"));
        LakeCatalog catalog = LakeCatalog.open(config.catalog());
        Door door = new Door(config.catalog(), 0)) {
      Path toml = writeLakehouseToml(config.with(Door.client(door.port(), config.catalog())));
      Path conf = flink.configuration();
      await().atMost(PATIENCE).ignoreExceptions().until(() -> isUp(flink));
      submit(conf, toml);

      DatasetName dataset = new DatasetName("on_a_cluster");
      produce(config, dataset);
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(rows(catalog, dataset)).containsExactly("0/0 first", "0/1 second"));
    }
  }

  private LakehouseConfig startBrokerAndRegistry() throws IOException {
    Path parts = dir.resolve("parts");
    Path said =
        start(
            "parts",
            List.of(
                java(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlakehouse.registry.home=" + System.getProperty("lakehouse.registry.home"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lakehouse.embedded.EmbeddedParts"),
            parts.toString());
    await().atMost(PATIENCE).until(() -> line(said, "registry ").isPresent());
    LakehouseConfig config = LakehouseConfig.defaults();
    Files.createDirectories(dir.resolve("warehouse"));
    return config
        .with(config.kafka().at(line(said, "kafka ").orElseThrow()))
        .with(config.registry().at(line(said, "registry ").orElseThrow()))
        .with(
            config
                .catalog()
                .at(
                    "jdbc:sqlite:" + dir.resolve("catalog.db"),
                    dir.resolve("warehouse").toUri().toString()));
  }

  private static Optional<String> line(Path said, String prefix) throws IOException {
    return Files.readAllLines(said).stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst();
  }

  private Path writeLakehouseToml(LakehouseConfig config) throws IOException {
    Path file = dir.resolve("lakehouse.toml");
    Files.writeString(
        file,
        String.join(
            "\n",
            "[kafka]",
            "bootstrap = \"" + config.kafka().bootstrap() + "\"",
            "[registry]",
            "url = \"" + config.registry().url() + "\"",
            "[catalog]",
            "implementation = \"" + config.catalog().implementation() + "\"",
            "uri = \"" + config.catalog().uri() + "\"",
            "warehouse = \"" + config.catalog().warehouse() + "\"",
            "properties.token = \"" + config.catalog().properties().get("token") + "\"",
            ""));
    return file;
  }

  private static boolean isUp(StandaloneFlink flink) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(flink.url().resolve("/overview")).build(),
            BodyHandlers.ofString())
        .body()
        .contains("\"slots-available\":2");
  }

  /** {@code flink run}, as an operator would. */
  private void submit(Path conf, Path toml) throws Exception {
    List<String> command =
        new ArrayList<>(StandaloneFlink.command("org.apache.flink.client.cli.CliFrontend"));
    command.addAll(
        List.of(
            "run",
            "-d",
            "-c",
            "dev.lakehouse.jobs.LandJob",
            jar().toString(),
            "--config",
            toml.toString()));
    Path said = dir.resolve("submit.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    int status = builder.start().waitFor();
    assertThat(status).as(Files.readString(said)).isZero();
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-flink.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the shaded jar is not built"))
          .toAbsolutePath();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private Path start(String name, List<String> command, String... arguments) throws IOException {
    Path said = dir.resolve(name + ".log");
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(arguments));
    processes.push(
        new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(said.toFile()).start());
    return said;
  }

  private static void produce(LakehouseConfig config, DatasetName dataset) throws Exception {
    Schema schema = SchemaBuilder.record("event").fields().requiredString("name").endRecord();
    SchemaRegistry registry = new SchemaRegistry(URI.create(config.registry().url()), Map.of());
    String topic = "data." + dataset;
    ConfluentWire.Writer<Object> writer =
        ConfluentWire.Writer.generic(registry.register(topic + "-value", schema), schema);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaClients(config.kafka()).producer(Map.of())) {
      for (String name : List.of("first", "second")) {
        byte[] value = writer.write(new GenericRecordBuilder(schema).set("name", name).build());
        producer.send(new ProducerRecord<>(topic, "key".getBytes(UTF_8), value)).get();
      }
    }
  }

  private static List<String> rows(LakeCatalog catalog, DatasetName dataset) {
    return LandFixture.rows(catalog, dataset).entrySet().stream()
        .map(row -> row.getKey().replace('-', '/') + " " + row.getValue().getField("name"))
        .toList();
  }
}
