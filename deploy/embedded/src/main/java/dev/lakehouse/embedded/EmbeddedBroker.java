package dev.lakehouse.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node, broker and controller, in this process, on loopback. Its log survives a {@code
 * kill -9} of the process: what was acknowledged is in the operating system's cache.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker over a directory of its own, made on first use.
   *
   * @param dir holds the log and the cluster id
   * @param port where clients connect, on 127.0.0.1
   * @param overrides broker settings as Kafka names them
   */
  public static EmbeddedBroker start(Path dir, int port, Map<String, String> overrides) {
    try {
      Files.createDirectories(dir);
      Map<String, String> settings = settings(dir.resolve("log"), port, FreePort.pick());
      settings.putAll(overrides);
      Path file = dir.resolve("server.properties");
      String text =
          settings.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
              .collect(Collectors.joining("\n"));
      Files.writeString(file, text);
      format(clusterId(dir.resolve("cluster.id")), file);
      Properties properties = new Properties();
      properties.load(new StringReader(text));
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, port);
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's directory " + dir + " cannot be used", e);
    }
  }

  private static void format(String clusterId, Path file) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        StorageTool.execute(
            new String[] {
              "format", "--cluster-id", clusterId, "--config", file.toString(), "--ignore-formatted"
            },
            new PrintStream(said, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IllegalStateException(
          "the broker's log cannot be formatted: " + said.toString(StandardCharsets.UTF_8));
    }
  }

  private static String clusterId(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file).strip();
  }

  private static Map<String, String> settings(Path log, int port, int controllerPort) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", log.toString());

    // One node: nothing to replicate to, nobody to wait for.
    settings.put("default.replication.factor", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // After a kill the node is let in again only once its former self is taken for dead.
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");

    // A producer from outside may make its topic by writing to it, and nothing expires by time.
    settings.put("auto.create.topics.enable", "true");
    settings.put("num.partitions", "1");
    settings.put("log.retention.ms", "-1");
    settings.put("log.segment.bytes", Integer.toString(128 << 20));
    settings.put("message.max.bytes", Integer.toString(4 << 20));

    // Small and quiet.
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    settings.put("socket.request.max.bytes", Integer.toString(64 << 20));
    settings.put("metadata.max.idle.interval.ms", "5000");
    settings.put("metadata.log.segment.bytes", Integer.toString(16 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    return settings;
  }

  /** What clients are given as {@code bootstrap.servers}. */
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
