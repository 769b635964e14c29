package dev.lakehouse.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lakehouse.ingest.classify.TableLook.Columns;
import dev.lakehouse.ingest.classify.evidence.Tally;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.FormerFindings;
import dev.lakehouse.schemas.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph without threads or a broker. */
class ClassifyTopologyTest {
  /** Of the classifier. */
  private static final int VERSION = 7;

  private static final Schema ROW =
      SchemaBuilder.record("row")
          .fields()
          .requiredString("mail")
          .requiredLong("number")
          .endRecord();

  @TempDir private Path dir;
  private final Map<String, Integer> leaves = new HashMap<>(Map.of("mail", 1, "number", 2));
  private final Map<String, String> ids = new HashMap<>(Map.of("data.people", "id-1"));
  private FormerFindings former = new FormerFindings(0, Map.of());
  private boolean landed = true;
  private long start;
  private HttpServer registry;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> people;
  private TestOutputTopic<String, ColumnFinding> findings;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final TopicLook topics =
      new TopicLook() {
        @Override
        public Optional<String> id(String topic) {
          return Optional.ofNullable(ids.get(topic));
        }

        @Override
        public Map<String, String> ids() {
          return ids;
        }

        @Override
        public long start(String topic, int partition) {
          return start;
        }
      };

  private final TableLook tables =
      new TableLook() {
        @Override
        public Optional<Columns> columns(String dataset, String incarnation) {
          return landed ? Optional.of(new Columns(leaves, former)) : Optional.empty();
        }
      };

  private final List<List<Unread>> asked = new ArrayList<>();
  private CompletableFuture<Optional<Map<Integer, ColumnState>>> past = new CompletableFuture<>();

  private final TablePast pasts =
      (dataset, incarnation, ranges) -> {
        asked.add(ranges);
        return past;
      };

  /** A registry that has one schema and takes every other. */
  @BeforeEach
  void open() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          boolean row = exchange.getRequestURI().getPath().equals("/schemas/ids/7");
          Schema schema = row ? ROW : ColumnFinding.getClassSchema();
          String answer =
              "{\"id\": 9, \"schema\": "
                  + new com.fasterxml.jackson.databind.ObjectMapper()
                      .writeValueAsString(schema.toString())
                  + "}";
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    registry.start();
    SchemaRegistry client =
        new SchemaRegistry(
            URI.create("http://127.0.0.1:" + registry.getAddress().getPort()), Map.of());
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
    driver =
        new TopologyTestDriver(
            ClassifyTopology.of(
                Pattern.compile("data\\..+"),
                client,
                new Judge.Parts(
                    topic -> Topics.dataset(topic, Map.of()).map(name -> name.value()),
                    topics,
                    tables,
                    pasts,
                    clock,
                    VERSION)),
            settings);
    people =
        driver.createInputTopic(
            "data.people", new ByteArraySerializer(), new ByteArraySerializer());
    findings =
        driver.createOutputTopic(
            Topics.FINDINGS.name(),
            new StringDeserializer(),
            Topics.FINDINGS.values(client).deserializer());
  }

  @AfterEach
  void close() {
    driver.close();
    registry.stop(0);
  }

  private void advance() {
    now = now.plusSeconds(1);
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  private void run(long from, int rows, String domain) {
    run(from, rows, i -> "p" + i + domain);
  }

  private void run(long from, int rows, IntFunction<String> mail) {
    ConfluentWire.Writer<Object> writer = ConfluentWire.Writer.generic(7, ROW);
    List<byte[]> kept = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      GenericData.Record row = new GenericData.Record(ROW);
      row.put("mail", mail.apply(i));
      row.put("number", (long) i);
      kept.add(writer.write(row));
    }
    people.pipeInput(new byte[0], Run.write(from, from + rows, kept));
    advance();
  }

  private static ColumnFinding finding(Map<String, ColumnFinding> found, String key) {
    return Optional.ofNullable(found.get(key)).orElseThrow();
  }

  @Test
  void everyColumnOfTheTableGetsAFindingAndNoneIsOne() {
    leaves.put("never_filled", 3);
    run(0, 20, "@example.org");
    Map<String, ColumnFinding> found = findings.readKeyValuesToMap();
    assertThat(finding(found, "id-1/1").getKind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(finding(found, "id-1/1").getOffsets()).isEqualTo(Map.of("0", 20L));
    assertThat(finding(found, "id-1/1").getValues()).isEqualTo(20);
    assertThat(finding(found, "id-1/2").getKind()).isEqualTo(PersonalKind.NONE);
    assertThat(finding(found, "id-1/3").getKind()).isEqualTo(PersonalKind.NONE);
    assertThat(finding(found, "id-1/3").getValues()).isZero();
  }

  @Test
  void oneAddressInTheMidstOfABurstIsFound() {
    run(0, 10_000, i -> "order-" + i);
    assertThat(finding(findings.readKeyValuesToMap(), "id-1/1").getKind())
        .isEqualTo(PersonalKind.NONE);
    run(10_000, 10_000, i -> i == 7_000 ? "a@example.org" : "order-" + i);
    ColumnFinding mail = finding(findings.readKeyValuesToMap(), "id-1/1");
    assertThat(mail.getKind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(mail.getValues()).isEqualTo(20_000);
    assertThat(mail.getExamined()).isLessThan(2_000);
  }

  @Test
  void nothingIsSaidOfAColumnThatNoTableHasYet() {
    landed = false;
    run(0, 20, "@example.org");
    assertThat(findings.isEmpty()).isTrue();
    landed = true;
    for (int i = 0; i < 20 && findings.isEmpty(); i++) {
      advance();
    }
    assertThat(findings.readKeyValuesToMap()).containsKeys("id-1/1", "id-1/2");
  }

  private static Optional<Map<Integer, ColumnState>> read(int fieldId, String domain) {
    ColumnState state = ColumnState.of("number", fieldId);
    Tally tally = new Tally();
    for (int i = 0; i < 30; i++) {
      tally.examine("p" + i + domain);
    }
    tally.see(30);
    state.add(tally, 1);
    return Optional.of(Map.of(fieldId, state));
  }

  @Test
  void whatTheLogNoLongerHasIsReadFromTheTableAndUntilThenTheFindingIsIncomplete() {
    start = 500;
    run(500, 20, "@example.org");
    assertThat(asked).containsExactly(List.of(new Unread(0, 0, 500)));
    assertThat(finding(findings.readKeyValuesToMap(), "id-1/2").getComplete()).isFalse();
    past.complete(read(2, "@example.org"));
    for (int i = 0; i < 5; i++) {
      advance();
    }
    ColumnFinding number = finding(findings.readKeyValuesToMap(), "id-1/2");
    assertThat(number.getComplete()).isTrue();
    assertThat(number.getKind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(number.getValues()).isEqualTo(50);
    assertThat(number.getFirstOffsets()).isEqualTo(Map.of("0", 0L));
    assertThat(number.getOffsets()).isEqualTo(Map.of("0", 520L));
    assertThat(number.getClassifierVersion()).isEqualTo(7);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aTableThatHasNotLandedThatFarOrCannotBeReadIsAskedAgain() {
    start = 500;
    past = CompletableFuture.completedFuture(Optional.empty());
    run(500, 20, "@example.org");
    past = CompletableFuture.failedFuture(new IllegalStateException("a disk is away"));
    for (int i = 0; i < 5; i++) {
      advance();
    }
    assertThat(asked.size()).isGreaterThan(1);
    assertThat(findings.readKeyValuesToMap().values())
        .noneMatch(found -> found != null && found.getComplete());
    past = CompletableFuture.completedFuture(read(2, " apples"));
    for (int i = 0; i < 10; i++) {
      advance();
    }
    ColumnFinding number = finding(findings.readKeyValuesToMap(), "id-1/2");
    assertThat(number.getComplete()).isTrue();
    assertThat(number.getKind()).isEqualTo(PersonalKind.NONE);
  }

  @Test
  void recordsThatTheLogLostMeanwhileAreUnreadToo() {
    run(0, 20, "@example.org");
    run(100, 20, "@example.org");
    assertThat(asked).containsExactly(List.of(new Unread(0, 20, 100)));
    assertThat(finding(findings.readKeyValuesToMap(), "id-1/1").getComplete()).isFalse();
    past.complete(Optional.of(Map.of()));
    for (int i = 0; i < 5; i++) {
      advance();
    }
    assertThat(finding(findings.readKeyValuesToMap(), "id-1/1").getComplete()).isTrue();
  }

  @Test
  void whatARenamedTableHadBeforeCounts() {
    former =
        new FormerFindings(
            VERSION, Map.of(1, "NONE", 2, "PHONE", 3, "NONE", 4, FormerFindings.UNKNOWN));
    leaves.putAll(Map.of("clean", 3, "unknown", 4, "later", 5));
    run(0, 20, "@example.org");
    Map<String, ColumnFinding> found = findings.readKeyValuesToMap();
    assertThat(finding(found, "id-1/1").getKind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(finding(found, "id-1/2").getKind()).isEqualTo(PersonalKind.PHONE);
    assertThat(finding(found, "id-1/3").getKind()).isEqualTo(PersonalKind.NONE);
    assertThat(finding(found, "id-1/3").getComplete()).isTrue();
    assertThat(finding(found, "id-1/4").getComplete()).isFalse();
    assertThat(finding(found, "id-1/5").getComplete()).isTrue();
    former = new FormerFindings(VERSION - 1, Map.of(3, "NONE"));
    run(20, 20, "@example.org");
    for (int i = 0; i < 5; i++) {
      advance();
    }
    assertThat(finding(findings.readKeyValuesToMap(), "id-1/3").getComplete()).isFalse();
  }

  @Test
  void aTopicMadeAnewIsClassifiedAnewAndTheOldFindingsAreTakenBack() {
    run(0, 20, "@example.org");
    assertThat(finding(findings.readKeyValuesToMap(), "id-1/1").getKind())
        .isEqualTo(PersonalKind.EMAIL);
    ids.put("data.people", "id-2");
    run(0, 20, " apples");
    for (int i = 0; i < 15; i++) {
      advance();
    }
    Map<String, ColumnFinding> found = findings.readKeyValuesToMap();
    assertThat(found).containsEntry("id-1/1", null);
    assertThat(finding(found, "id-2/1").getKind()).isEqualTo(PersonalKind.NONE);
  }
}
