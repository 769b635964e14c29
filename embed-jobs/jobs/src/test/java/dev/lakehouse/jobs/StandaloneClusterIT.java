package dev.lakehouse.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lakehouse.embedded.FreePort;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
 * a process of their own, and the Flink processes have nothing but Flink on their class path.
 */
class StandaloneClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What a Flink distribution has in its lib folder; all else must come in the jar. */
  private static final List<String> FLINK_LIB =
      List.of(
          "/org/apache/flink/",
          "/org/slf4j/",
          "/org/apache/logging/",
          "/org/apache/commons/",
          "/commons-",
          "/com/esotericsoftware/",
          "/org/objenesis/",
          "/com/twitter/",
          "/org/javassist/",
          "/org/snakeyaml/",
          "/org/xerial/snappy/",
          "/at/yawk/",
          "/com/google/code/findbugs/");

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
    Path conf = flinkConfiguration();
    Path home = writeLakehouseToml(config);
    start(
        "jobmanager",
        flink("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"),
        "--configDir",
        conf.toString());
    start(
        "taskmanager",
        flink("org.apache.flink.runtime.taskexecutor.TaskManagerRunner"),
        "--configDir",
        conf.toString());

    await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> submit(conf, home));

    DatasetName dataset = new DatasetName("on_a_cluster");
    produce(config, dataset);
    try (LakeCatalog catalog = LakeCatalog.open(config.catalog())) {
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

  private Path flinkConfiguration() throws IOException {
    Path conf = Files.createDirectories(dir.resolve("conf"));
    Files.createDirectories(dir.resolve("tmp"));
    Files.writeString(
        conf.resolve("config.yaml"),
        String.join(
            "\n",
            "jobmanager.rpc.address: 127.0.0.1",
            "jobmanager.rpc.port: " + FreePort.pick(),
            "jobmanager.bind-host: 127.0.0.1",
            "rest.address: 127.0.0.1",
            "rest.bind-address: 127.0.0.1",
            "rest.port: " + FreePort.pick(),
            "taskmanager.host: 127.0.0.1",
            "taskmanager.bind-host: 127.0.0.1",
            "taskmanager.numberOfTaskSlots: 2",
            "taskmanager.cpu.cores: 1.0",
            "taskmanager.memory.framework.heap.size: 128m",
            "taskmanager.memory.framework.off-heap.size: 64m",
            "taskmanager.memory.jvm-metaspace.size: 256m",
            "taskmanager.memory.jvm-overhead.min: 128m",
            "taskmanager.memory.jvm-overhead.max: 128m",
            "taskmanager.memory.task.heap.size: 256m",
            "taskmanager.memory.task.off-heap.size: 64m",
            "taskmanager.memory.network.min: 32m",
            "taskmanager.memory.network.max: 32m",
            "taskmanager.memory.managed.size: 32m",
            "io.tmp.dirs: " + dir.resolve("tmp"),
            ""));
    return conf;
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
            "uri = \"" + config.catalog().uri() + "\"",
            "warehouse = \"" + config.catalog().warehouse() + "\"",
            ""));
    return file;
  }

  /** {@code flink run}, as an operator would; false while the cluster is not up yet. */
  private boolean submit(Path conf, Path toml) throws Exception {
    List<String> command = new ArrayList<>(flink("org.apache.flink.client.cli.CliFrontend"));
    command.addAll(
        List.of(
            "run",
            "-d",
            "-c",
            "dev.lakehouse.jobs.LandJob",
            jar().toString(),
            "--config",
            toml.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("submit.log").toFile());
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    return builder.start().waitFor() == 0;
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

  private static List<String> flink(String main) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(List.of("-Xmx512m", "-Dlog4j2.level=error"));
    Stream.of(
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/sun.nio.ch",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.time")
        .forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
    command.add("-cp");
    command.add(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith(".jar"))
            .filter(entry -> FLINK_LIB.stream().anyMatch(entry::contains))
            .filter(entry -> !entry.contains("flink-connector-kafka"))
            .filter(entry -> !entry.contains("flink-connector-base"))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(main);
    return command;
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
