package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.FaultyClients.Fault;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.topic.RecordHeaders;
import dev.lakehouse.schemas.topic.Topics;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What went to quarantine is corrected and replayed, each entry once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {
  private static final String REVISIONS = "lakehouse-revisions";
  private static final String GOOD = "id,amount\n1,1.5\n2,2.5\n3,3.5\n";
  private static final String MIXED = "id,amount\n4,4.5\n5,x\n6,6.5\n7,7;5\n8,8.5\n";
  private static final List<NestedField> COLUMNS =
      List.of(
          NestedField.optional(1, "id", LongType.get()),
          NestedField.optional(2, "amount", DoubleType.get()));

  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = IngestRig.faulty(Map.of(), Clock.systemUTC());
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** A dataset with three rows, and the ingest of a file of five of which two do not fit. */
  private String mixed(String dataset) {
    rig.awaitRead(rig.upload(dataset, GOOD).text("id"));
    String id = rig.upload(dataset, MIXED).text("id");
    assertRows(rig.awaitRead(id), 5, 0, 2);
    return id;
  }

  private static void assertRows(JsonNode view, long read, long landed, long quarantined) {
    JsonNode rows = view.path("rows");
    assertThat(
            List.of(
                rows.path("read").asLong(),
                rows.path("landed").asLong(),
                rows.path("quarantined").asLong()))
        .containsExactly(read, landed, quarantined);
  }

  private JsonNode view(String id) {
    return rig.get("/ingest/" + id).body();
  }

  private List<JsonNode> entries(String path) {
    List<JsonNode> entries = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode page = rig.get(path + "?limit=100" + cursor).body();
      page.path("items").forEach(entries::add);
      if (!page.path("cursor").isTextual()) {
        return entries;
      }
      cursor = "&cursor=" + page.path("cursor").asText();
    }
  }

  private List<JsonNode> quarantine(String id) {
    return entries("/ingest/" + id + "/quarantine");
  }

  private Answer replay(String id, Object body) {
    return rig.post("/ingest/" + id + "/quarantine/replay", body);
  }

  private static Map<String, Object> rows(Object... rows) {
    return Map.of("rows", List.of(rows));
  }

  private static Map<String, Object> values(JsonNode entry, Map<String, ?> values) {
    return Map.of("entry", entry.path("entry").asText(), "values", values);
  }

  private static List<String> outcomes(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    List<String> outcomes = new ArrayList<>();
    answer
        .body()
        .path("results")
        .forEach(
            result ->
                outcomes.add(
                    result.path("status").asText()
                        + (result.has("code") ? ":" + result.path("code").asText() : "")));
    return outcomes;
  }

  private List<Object> amounts(String dataset) {
    return rig.rows(dataset).stream().map(row -> row.get("amount")).toList();
  }

  @Test
  void correctedRowsLandAndTheSumIsRightAllTheWay() {
    String dataset = "replay_corrected";
    String id = mixed(dataset);
    LandedTable table = LandedTable.create(rig, dataset, COLUMNS, List.of(), Map.of());
    table.land();
    assertRows(view(id), 5, 3, 2);
    assertThat(view(id).path("state").asText()).isEqualTo("done");
    List<JsonNode> entries = quarantine(id);
    assertThat(entries).extracting(entry -> entry.path("row").asLong()).containsExactly(2L, 4L);
    assertThat(entries).extracting(entry -> entry.path("raw").asText()).contains("5,x");
    Map<String, Object> body =
        rows(
            values(entries.get(0), Map.of("ID", 5, "amount", "12.50")),
            Map.of("entry", entries.get(1).path("entry").asText(), "raw", "7,7.5"),
            Map.of("entry", "0-999999"),
            Map.of("entry", "nonsense"));

    Answer answer = replay(id, body);
    assertThat(outcomes(answer))
        .containsExactly("replayed", "replayed", "kept:unknown_entry", "kept:unknown_entry");
    assertThat(answer.body().path("replayed").asLong()).isEqualTo(2);
    assertRows(view(id), 5, 3, 0);
    assertThat(view(id).path("state").asText()).isEqualTo("landing");
    assertThat(quarantine(id)).isEmpty();

    IngestRig.Followed followed = rig.follow(id);
    Awaitility.await().until(() -> !followed.views().isEmpty());
    table.land();
    followed.end().join();
    List<JsonNode> sums = followed.views();
    assertRows(sums.get(0), 5, 3, 0);
    assertRows(sums.get(sums.size() - 1), 5, 5, 0);
    assertThat(sums.get(sums.size() - 1).path("state").asText()).isEqualTo("done");
    assertThat(table.column("amount"))
        .containsExactlyInAnyOrder(1.5, 2.5, 3.5, 4.5, 6.5, 8.5, 12.5, 7.5);

    List<ConsumerRecord<byte[], byte[]>> records = rig.records("data." + dataset);
    ConsumerRecord<byte[], byte[]> corrected = records.get(6);
    assertThat(RecordHeaders.read(corrected.headers(), RecordHeaders.INGEST_ID)).contains(id);
    assertThat(RecordHeaders.read(corrected.headers(), RecordHeaders.ROW)).contains("2");
    assertThat(outcomes(replay(id, body)).subList(0, 2))
        .containsExactly("replayed_before", "replayed_before");
    assertThat(rig.records("data." + dataset)).hasSameSizeAs(records);

    Answer undone = rig.delete("/ingest/" + id);
    assertThat(undone.text("state")).isEqualTo("undone");
    assertThat(undone.body().path("rows").path("undone").asLong()).isEqualTo(5);
    assertThat(table.column("amount")).containsExactlyInAnyOrder(1.5, 2.5, 3.5);
  }

  @Test
  void whatDoesNotFitStaysWithItsReasonUntilTheDatasetTakesIt() {
    String dataset = "replay_kept";
    String id = mixed(dataset);
    List<JsonNode> entries = quarantine(id);
    JsonNode first = entries.get(0);
    assertThat(
            outcomes(
                replay(
                    id,
                    rows(
                        values(first, Map.of("id", 5, "amount", "much")),
                        values(first, Map.of("id", 5)),
                        values(first, Map.of("id", 5, "amount", 1, "colour", "red")),
                        Map.of("entry", first.path("entry").asText(), "raw", "5,5.5\n6,6.6\n"),
                        Map.of("entry", first.path("entry").asText(), "raw", "5"),
                        Map.of("entry", first.path("entry").asText())))))
        .containsExactly(
            "kept:misfit",
            "kept:columns_missing",
            "kept:misfit",
            "kept:misfit",
            "kept:ragged",
            "kept:misfit");
    assertThat(outcomes(replay(id, Map.of("all", true))))
        .containsExactly("kept:misfit", "kept:misfit");
    assertRows(view(id), 5, 0, 2);
    assertThat(quarantine(id)).isEqualTo(entries);

    assertThat(replay(id, List.of()).text("code")).isEqualTo("bad_body");
    assertThat(replay(id, Map.of("all", true, "every", 1)).text("code")).isEqualTo("bad_body");
    assertThat(replay("nobody", Map.of("all", true)).text("code")).isEqualTo("unknown_ingest");
    assertThat(
            rig.post(
                    "/catalog/datasets/by-name/replay_nowhere/quarantine/replay",
                    Map.of("all", true))
                .text("code"))
        .isEqualTo("unknown_dataset");
  }

  @Test
  void rowsAreTriedAgainAsTheyAreOnceTheSchemaIsWider() {
    String dataset = "replay_widened";
    Schema whole =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "replay_widened", "namespace": "lakehouse.data",
                 "fields": [{"name": "id", "type": ["null", "long"], "default": null},
                            {"name": "n", "type": ["null", "long"], "default": null}]}
                """);
    rig.registry.register("data." + dataset + "-value", whole);
    String id = rig.upload(dataset, "id,n\n1,1\n2,2.5\n3,3\n").text("id");
    assertRows(rig.awaitRead(id), 3, 0, 1);
    assertThat(outcomes(replay(id, Map.of("all", true)))).containsExactly("kept:misfit");
    Schema wider =
        new Schema.Parser()
            .parse(
                whole
                    .toString()
                    .replace(
                        "\"name\":\"n\",\"type\":[\"null\",\"long\"]",
                        "\"name\":\"n\",\"type\":[\"null\",\"double\"]"));
    rig.registry.register("data." + dataset + "-value", wider);
    Answer answer = replay(id, Map.of("all", true));
    assertThat(outcomes(answer)).isEmpty();
    assertThat(answer.body().path("replayed").asLong()).isEqualTo(1);
    assertThat(answer.body().path("cursor").isNull()).isTrue();
    assertRows(view(id), 3, 0, 0);
    assertThat(rig.rows(dataset).get(2)).isEqualTo(Map.of("id", 2L, "n", 2.5));
  }

  @Test
  void whateverBecomesOfTheCommitAnEntryIsReplayedOnce() {
    String dataset = "replay_doubted";
    String id = mixed(dataset);
    FaultyClients faults = (FaultyClients) rig.clients;
    List<JsonNode> entries = quarantine(id);
    Map<String, Object> first = rows(values(entries.get(0), Map.of("id", 5, "amount", 5)));
    faults.commits(REVISIONS, Fault.REQUEST_LOST, Fault.ANSWER_LOST);
    assertThat(replay(id, first).text("code")).isEqualTo("broker_unavailable");
    assertRows(view(id), 5, 0, 2);
    assertThat(replay(id, first).text("code")).isEqualTo("broker_unavailable");
    assertThat(outcomes(replay(id, first))).containsExactly("replayed_before");
    assertThat(amounts(dataset)).containsExactly(1.5, 2.5, 3.5, 4.5, 6.5, 8.5, 5.0);
    assertRows(view(id), 5, 0, 1);

    Map<String, Object> second = rows(values(entries.get(1), Map.of("id", 7, "amount", 7)));
    faults.commits(REVISIONS, Fault.REQUEST_LATE);
    assertThat(replay(id, second).text("code")).isEqualTo("broker_unavailable");
    assertThat(outcomes(replay(id, second))).containsExactly("replayed");
    assertThat(faults.commitLate()).isPresent();
    assertThat(amounts(dataset)).containsExactly(1.5, 2.5, 3.5, 4.5, 6.5, 8.5, 5.0, 7.0);
    assertRows(view(id), 5, 0, 0);
  }

  @Test
  void replaysThatRaceAlsoFromTwoProcessesWriteAnEntryOnce() {
    String dataset = "replay_raced";
    StringBuilder csv = new StringBuilder("id,amount\n");
    IntStream.range(0, 1_200).forEach(i -> csv.append(i).append(i % 3 == 0 ? ",x\n" : ",0.5\n"));
    rig.awaitRead(rig.upload(dataset, GOOD).text("id"));
    String id = rig.upload(dataset, csv.toString()).text("id");
    assertRows(rig.awaitRead(id), 1_200, 0, 400);
    List<Map<String, Object>> corrected =
        quarantine(id).stream()
            .map(entry -> values(entry, Map.of("id", entry.path("row").asLong(), "amount", 9)))
            .toList();
    try (IngestRig other = IngestRig.start()) {
      List<CompletableFuture<Boolean>> racers =
          Stream.of(rig, rig, other, other)
              .map(
                  at ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            Awaitility.await()
                                .atMost(Duration.ofSeconds(60))
                                .until(
                                    () ->
                                        at.post(
                                                    "/ingest/" + id + "/quarantine/replay",
                                                    Map.of("rows", corrected))
                                                .status()
                                            == 200);
                            return true;
                          }))
              .toList();
      assertThat(racers).allMatch(CompletableFuture::join);
      Awaitility.await()
          .untilAsserted(() -> assertRows(other.get("/ingest/" + id).body(), 1_200, 0, 0));
    }
    assertThat(amounts(dataset).stream().filter(Double.valueOf(9)::equals)).hasSize(400);
    assertThat(rig.records("data." + dataset)).hasSize(3 + 1_200);
    stop();
    start();
    assertRows(view(id), 1_200, 0, 0);
    assertThat(quarantine(id)).isEmpty();
  }

  private void refuse(Quarantined entry, String key) {
    AvroSerde<Quarantined> values = Topics.QUARANTINE.values(rig.registry);
    try (KafkaProducer<byte[], byte[]> producer = rig.clients.producer(Map.of())) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topics.QUARANTINE.name(), key.getBytes(UTF_8), values.write(entry)));
    }
  }

  private static Quarantined.Builder refused(String dataset, long offset, byte[] raw) {
    return Quarantined.newBuilder()
        .setDataset(dataset)
        .setStage(QuarantineStage.LANDING)
        .setTopic("data." + dataset)
        .setTopicId("the topic of " + dataset)
        .setPartition(0)
        .setOffset(offset)
        .setCode("misfit")
        .setReason("refused by a test in the landing's place")
        .setRaw(ByteBuffer.wrap(raw))
        .setQuarantinedAt(Instant.EPOCH);
  }

  @Test
  void whatTheLandingRefusedIsReplayedByItsDataset() {
    String dataset = "replay_landing";
    rig.awaitRead(rig.upload(dataset, GOOD).text("id"));
    byte[] record = rig.records("data." + dataset).get(1).value();
    for (int again = 0; again < 2; again++) {
      refuse(refused(dataset, 20, record).build(), "data.replay_landing-0-20");
      refuse(refused(dataset, 21, "no Avro".getBytes(UTF_8)).build(), "data.replay_landing-0-21");
    }
    refuse(
        refused(dataset, 22, record).setRaw(null).setRawTruncated(true).build(),
        "data.replay_landing-0-22");
    String path = "/catalog/datasets/by-name/" + dataset + "/quarantine";
    Awaitility.await().until(() -> entries(path).size() == 3);
    List<JsonNode> entries =
        entries(path).stream()
            .sorted(java.util.Comparator.comparing(entry -> entry.path("offset").asLong()))
            .toList();
    assertThat(entries)
        .extracting(entry -> entry.path("offset").asLong())
        .containsExactly(20L, 21L, 22L);
    assertThat(entries.get(2).path("rawTruncated").asBoolean()).isTrue();
    assertThat(
            outcomes(
                rig.post(
                    path + "/replay",
                    rows(
                        Map.of("entry", entries.get(0).path("entry").asText()),
                        Map.of("entry", entries.get(0).path("entry").asText()),
                        Map.of("entry", entries.get(1).path("entry").asText()),
                        Map.of("entry", entries.get(1).path("entry").asText(), "raw", "1,2"),
                        Map.of("entry", entries.get(2).path("entry").asText()),
                        values(entries.get(2), Map.of("id", 9, "amount", 9.5))))))
        .containsExactly(
            "replayed",
            "kept:named_twice",
            "kept:not_avro",
            "kept:not_text",
            "kept:raw_truncated",
            "replayed");
    assertThat(amounts(dataset)).containsExactly(1.5, 2.5, 3.5, 2.5, 9.5);
    assertThat(entries(path)).containsExactly(entries.get(1));
    ConsumerRecord<byte[], byte[]> last = rig.records("data." + dataset).get(4);
    assertThat(RecordHeaders.read(last.headers(), RecordHeaders.INGEST_ID)).isEmpty();
    assertThat(RecordHeaders.read(last.headers(), RecordHeaders.SOURCE_POSITION))
        .contains("topic:data." + dataset + "-0@22");
  }

  @Test
  void anEventThatTheLandingRefusedComesBackToItsRequest() {
    String dataset = "replay_events";
    String id =
        rig.send(
                HttpRequest.newBuilder(rig.at("/ingest/events/" + dataset))
                    .header("Idempotency-Key", "replayed")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "[{\"id\":1,\"amount\":1.5},{\"id\":2,\"amount\":2.5}]"))
                    .build())
            .text("id");
    LandedTable table = LandedTable.create(rig, dataset, COLUMNS, List.of(), Map.of());
    table.land();
    byte[] record = rig.records("data." + dataset).get(1).value();
    refuse(refused(dataset, 1, record).setIngestId(id).setRow(2L).build(), id);
    Awaitility.await()
        .untilAsserted(
            () -> {
              assertRows(view(id), 2, 1, 1);
              assertThat(quarantine(id)).hasSize(1);
            });
    assertThat(
            outcomes(
                replay(id, rows(values(quarantine(id).get(0), Map.of("id", 2, "amount", "0.25"))))))
        .containsExactly("replayed");
    assertRows(view(id), 2, 1, 0);
    assertThat(view(id).path("state").asText()).isEqualTo("landing");
    table.land();
    assertRows(view(id), 2, 2, 0);
    assertThat(view(id).path("state").asText()).isEqualTo("done");
    ConsumerRecord<byte[], byte[]> last = rig.records("data." + dataset).get(2);
    assertThat(rig.decode(last)).isEqualTo(Map.of("id", 2L, "amount", 0.25));
    assertThat(RecordHeaders.read(last.headers(), RecordHeaders.ROW)).contains("2");
  }

  @Test
  void pagesAreBoundedInBytesAndWhatWasCutIsNotTriedAsItIs() {
    String dataset = "replay_large";
    rig.awaitRead(rig.upload(dataset, "id,t\n1,a\n2,b\n3,c\n").text("id"));
    StringBuilder csv = new StringBuilder("id,t\n");
    IntStream.range(0, 30)
        .forEach(i -> csv.append(i).append(",").append("y".repeat(400_000)).append(",more\n"));
    csv.append("30,").append("z".repeat(700_000)).append(",more\n");
    IntStream.range(31, 70).forEach(i -> csv.append(i).append(",fits\n"));
    String id =
        rig.upload("large.csv", csv.toString().getBytes(UTF_8), Map.of("dataset", dataset))
            .text("id");
    assertRows(rig.awaitRead(id), 70, 0, 31);
    JsonNode page = rig.get("/ingest/" + id + "/quarantine?limit=1000").body();
    assertThat(page.path("items").size()).isBetween(15, 21);
    assertThat(page.path("cursor").isTextual()).isTrue();
    List<JsonNode> entries = quarantine(id);
    assertThat(entries).hasSize(31);
    assertThat(entries).extracting(entry -> entry.path("entry").asText()).doesNotHaveDuplicates();
    JsonNode cut = Objects.requireNonNull(entries.get(30));
    assertThat(cut.path("rawTruncated").asBoolean()).isTrue();
    assertThat(entries.get(0).path("rawTruncated").asBoolean()).isFalse();
    assertThat(outcomes(replay(id, rows(Map.of("entry", cut.path("entry").asText())))))
        .containsExactly("kept:raw_truncated");
    assertThat(rig.get("/ingest/" + id + "/quarantine?cursor=x").text("code"))
        .isEqualTo("bad_parameter");
  }
}
