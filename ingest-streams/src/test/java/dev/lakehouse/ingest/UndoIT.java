package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.FaultyClients.Fault;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.event.DocumentText;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rows of an ingest leave the table when it is undone, and when another replaces it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UndoIT {
  private static final String FILE = "a\n1\n2\n3\n";

  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = IngestRig.start();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static LandedTable create(IngestRig at, String dataset, Map<String, String> more) {
    return LandedTable.create(
        at, dataset, List.of(NestedField.optional(1, "a", LongType.get())), List.of(), more);
  }

  private static List<Object> ingests(LandedTable table) {
    return table.column(MetadataColumns.INGEST_ID);
  }

  private static long undoings(LandedTable table, String id) {
    long found = 0;
    for (Snapshot snapshot : table.table().snapshots()) {
      found += id.equals(snapshot.summary().get("lakehouse.undone")) ? 1 : 0;
    }
    return found;
  }

  /** Asks for it and does not wait for the end. */
  private static void begin(IngestRig at, String id) {
    var unused =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(at.at("/ingest/" + id)).DELETE().build(),
                HttpResponse.BodyHandlers.discarding());
    Awaitility.await().until(() -> at.get("/ingest/" + id).text("state").equals("undoing"));
  }

  private static void awaitUndone(IngestRig at, String id) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> at.get("/ingest/" + id).text("state").equals("undone"));
  }

  private Answer undo(String id) {
    return rig.delete("/ingest/" + id);
  }

  private Answer upload(String dataset, String onDuplicate) {
    return rig.upload(
        "file.csv", FILE.getBytes(UTF_8), Map.of("dataset", dataset, "onDuplicate", onDuplicate));
  }

  private LandedTable landed(IngestRig at, String dataset) {
    String id = at.upload(dataset, FILE).text("id");
    at.awaitRead(id);
    LandedTable table = create(at, dataset, Map.of());
    table.land();
    return table;
  }

  private static String only(LandedTable table) {
    return String.valueOf(ingests(table).stream().distinct().findFirst().orElseThrow());
  }

  @Test
  void anUndoneIngestLeavesTheTableAndItsFileMayComeAgain() {
    LandedTable table = landed(rig, "undo_plain");
    String id = only(table);
    assertThat(rig.get("/ingest/" + id).text("state")).isEqualTo("done");
    Answer undone = undo(id);
    assertThat(undone.status()).isEqualTo(200);
    assertThat(undone.text("state")).isEqualTo("undone");
    JsonNode rows = undone.body().path("rows");
    assertThat(rows.path("landed").asLong()).isZero();
    assertThat(rows.path("undone").asLong()).isEqualTo(3);
    assertThat(ingests(table)).isEmpty();
    assertThat(undo(id)).isEqualTo(undone);
    Answer again = rig.upload("undo_plain", FILE);
    assertThat(again.status()).isEqualTo(202);
    rig.awaitRead(again.text("id"));
    table.land();
    assertThat(ingests(table)).hasSize(3).containsOnly(again.text("id"));
  }

  @Test
  void anIngestThatIsLandingIsUndoneOnceItHasAndAcrossARestart() {
    String dataset = "undo_landing";
    rig.close();
    String id;
    LandedTable table;
    try (IngestRig first = IngestRig.start()) {
      id = first.upload(dataset, FILE).text("id");
      first.awaitRead(id);
      table = create(first, dataset, Map.of());
      begin(first, id);
    }
    rig = IngestRig.start();
    table = table.at(rig);
    table.land();
    awaitUndone(rig, id);
    assertThat(ingests(table)).isEmpty();
  }

  @Test
  void followersSeeTheRowsLandAndLeave() {
    String dataset = "undo_followed";
    String id = rig.upload(dataset, FILE).text("id");
    rig.awaitRead(id);
    LandedTable table = create(rig, dataset, Map.of());
    IngestRig.Followed followed = rig.follow(id);
    Awaitility.await().until(() -> !followed.views().isEmpty());
    begin(rig, id);
    Awaitility.await().until(() -> followed.views().size() > 1);
    table.land();
    followed.end().join();
    List<JsonNode> views = followed.views();
    assertThat(views)
        .extracting(view -> view.path("state").asText())
        .startsWith("landing", "undoing")
        .endsWith("undone");
    assertThat(views)
        .allSatisfy(view -> assertThat(view.path("rows").path("read").asLong()).isEqualTo(3));
    JsonNode last = views.get(views.size() - 1).path("rows");
    assertThat(last.path("landed").asLong()).isZero();
    assertThat(last.path("undone").asLong()).isEqualTo(3);
  }

  @Test
  void aDeleteThatIsCommittedAndNotWrittenDownIsFinishedByTheNextProcess() {
    rig.close();
    String id;
    LandedTable table;
    try (IngestRig first = IngestRig.doubtful()) {
      table = landed(first, "undo_killed");
      id = only(table);
      Fault[] never = new Fault[200];
      Arrays.fill(never, Fault.REQUEST_LOST);
      never[0] = Fault.NONE;
      FaultyClients faults = (FaultyClients) first.clients;
      faults.commits("lakehouse-revisions", never);
      begin(first, id);
      Awaitility.await().until(() -> faults.pending() < 198);
      assertThat(ingests(table)).isEmpty();
      assertThat(faults.pending()).isBetween(1, 198);
    }
    rig = IngestRig.start();
    awaitUndone(rig, id);
    assertThat(undoings(table.at(rig), id)).isEqualTo(1);
    assertThat(ingests(table.at(rig))).isEmpty();
  }

  @Test
  void whateverTheCatalogAnswersTheRowsLeaveOnceAndTheTableStaysWhole() {
    rig.close();
    try (IngestRig doubtful = IngestRig.doubtful()) {
      for (FaultyCatalog.Fault fault : FaultyCatalog.Fault.values()) {
        String dataset = "undo_" + fault.name().toLowerCase(java.util.Locale.ROOT);
        LandedTable table = landed(doubtful, dataset);
        String id = only(table);
        FaultyCatalog.plan(fault);
        doubtful.delete("/ingest/" + id);
        awaitUndone(doubtful, id);
        assertThat(FaultyCatalog.pending()).isZero();
        assertThat(ingests(table)).isEmpty();
        assertThat(undoings(table, id)).isEqualTo(1);
        for (Snapshot snapshot : table.table().snapshots()) {
          assertThat(snapshot.allManifests(table.table().io())).isNotEmpty();
        }
      }
    }
    rig = IngestRig.start();
  }

  @Test
  void rowsLeaveEveryPartitionTheyAreInAndOthersStay() {
    String dataset = "undo_partitioned";
    String id = rig.upload(dataset, FILE).text("id");
    rig.awaitRead(id);
    LandedTable table =
        LandedTable.create(
            rig,
            dataset,
            List.of(NestedField.optional(1, "a", LongType.get())),
            List.of("a"),
            Map.of());
    table.land();
    String other = rig.upload(dataset, "a\n2\n3\n4\n").text("id");
    rig.awaitRead(other);
    table.land();
    assertThat(ingests(table)).hasSize(6);
    assertThat(undo(id).text("state")).isEqualTo("undone");
    assertThat(ingests(table)).containsExactly(other, other, other);
    assertThat(table.column("a")).containsExactlyInAnyOrder(2L, 3L, 4L);
    assertThat(table.table().currentSnapshot().summary())
        .containsEntry("added-equality-delete-files", "3");
  }

  private Answer events(String dataset, Optional<String> key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(rig.at("/ingest/events/" + dataset))
            .POST(HttpRequest.BodyPublishers.ofString("[{\"a\":1},{\"a\":2}]"));
    key.ifPresent(said -> request.header("Idempotency-Key", said));
    return rig.send(request.build());
  }

  @Test
  void eventsOfARequestAreUndoneWhetherItHadAKeyOrNot() {
    String dataset = "undo_events";
    String keyed = events(dataset, Optional.of("undo me")).text("id");
    Answer answered = events(dataset, Optional.of("undo me"));
    String plain = events(dataset, Optional.empty()).text("id");
    String stays = events(dataset, Optional.empty()).text("id");
    LandedTable table = create(rig, dataset, Map.of());
    table.land();
    Answer undone = undo(keyed);
    assertThat(undone.text("state")).isEqualTo("undone");
    assertThat(undone.body().path("rows").path("undone").asLong()).isEqualTo(2);
    assertThat(events(dataset, Optional.of("undo me"))).isEqualTo(answered);
    assertThat(undo(plain).text("code")).isEqualTo("unknown_ingest");
    assertThat(rig.delete("/ingest/" + plain + "?dataset=nowhere").text("code"))
        .isEqualTo("unknown_dataset");
    Answer byName = rig.delete("/ingest/" + plain + "?dataset=" + dataset);
    assertThat(byName.text("state")).isEqualTo("undone");
    assertThat(byName.body().path("rows").path("undone").asLong()).isEqualTo(2);
    assertThat(ingests(table)).containsExactly(stays, stays);
    assertThat(rig.get("/ingest/" + plain).text("state")).isEqualTo("undone");
  }

  @Test
  void anUndoneDocumentTakesItsTextsWithIt() {
    String dataset = "undo_texts";
    Answer sent =
        rig.upload(
            "letter.txt",
            "Dear reader,\nthis is a letter of some words.\n".getBytes(UTF_8),
            Map.of("dataset", dataset, "format", "text"));
    assertThat(sent.status()).as("%s", sent.body()).isEqualTo(202);
    String id = sent.text("id");
    JsonNode read = rig.awaitRead(id);
    assertThat(read.path("state").asText()).as("%s", read).isEqualTo("landing");
    LandedTable table =
        LandedTable.create(
            rig,
            dataset,
            List.of(NestedField.optional(1, "text", StringType.get())),
            List.of(),
            Map.of());
    table.skipTo(1);
    assertThat(undo(id).text("state")).isEqualTo("undone");
    AvroSerde<DocumentText> values = Topics.DOCUMENTS.values(rig.registry);
    List<DocumentText> texts =
        rig.records("documents").stream()
            .map(record -> values.read(record.value()))
            .filter(text -> text.getIngestId().equals(id))
            .toList();
    assertThat(texts).extracting(DocumentText::getRemoved).containsExactly(false, true);
    assertThat(texts)
        .extracting(DocumentText::getDocumentId)
        .containsOnly(texts.get(0).getDocumentId());
  }

  @Test
  void whatReplacesIsAddedBeforeWhatItReplacesLeaves() {
    String dataset = "undo_replaced";
    LandedTable table = landed(rig, dataset);
    String former = only(table);
    assertThat(upload(dataset, "skip").text("duplicateOf")).isEqualTo(former);
    assertThat(upload(dataset, "maybe").text("code")).isEqualTo("bad_option");
    String id = upload(dataset, "replace").text("id");
    rig.awaitRead(id);
    assertThat(ingests(table)).hasSize(3).containsOnly(former);
    table.land();
    awaitUndone(rig, former);
    assertThat(ingests(table)).hasSize(3).containsOnly(id);
    assertThat(rig.upload(dataset, FILE).text("duplicateOf")).isEqualTo(id);
  }

  @Test
  void aFileIsReadAgainInTheStateOfItsFormerRows() throws IOException {
    String dataset = "undo_again";
    LandedTable table = landed(rig, dataset);
    String former = only(table);
    Answer again = rig.post("/ingest/" + former + "/read", Map.of());
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body().path("replaces")).extracting(JsonNode::asText).containsExactly(former);
    Answer twice =
        rig.post("/ingest/" + former + "/read", Map.of("options", Map.of("format", "json")));
    assertThat(twice.body().path("replaces"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(former, again.text("id"));
    rig.awaitRead(again.text("id"));
    rig.awaitRead(twice.text("id"));
    assertThat(rig.get("/ingest/" + twice.text("id")).text("state")).isEqualTo("rejected");
    table.land();
    awaitUndone(rig, former);
    assertThat(ingests(table)).hasSize(3).containsOnly(again.text("id"));

    Answer elsewhere =
        rig.post(
            "/ingest/" + former + "/read",
            Map.of("dataset", "undo_elsewhere", "onDuplicate", "append"));
    assertThat(elsewhere.text("dataset")).isEqualTo("undo_elsewhere");
    rig.awaitRead(elsewhere.text("id"));
    assertThat(rig.rows("undo_elsewhere")).hasSize(3);
    assertThat(rig.post("/ingest/" + former + "/read", Map.of("sheet", "1")).text("code"))
        .isEqualTo("bad_body");
    assertThat(
            rig.post("/ingest/" + former + "/read", Map.of("options", Map.of("sheet", "1")))
                .text("code"))
        .isEqualTo("bad_option");
    String sha256 = again.text("sha256");
    Files.delete(
        Path.of(URI.create(rig.config.objects().uri()))
            .resolve("sha256")
            .resolve(sha256.substring(0, 2))
            .resolve(sha256));
    Answer gone = rig.post("/ingest/" + former + "/read", Map.of());
    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.text("code")).isEqualTo("object_gone");
  }

  @Test
  void theSameIsAddedAgainIfThatIsSaid() {
    String dataset = "undo_appended";
    rig.awaitRead(rig.upload(dataset, FILE).text("id"));
    Answer second = upload(dataset, "append");
    assertThat(second.status()).isEqualTo(202);
    rig.awaitRead(second.text("id"));
    assertThat(rig.rows(dataset)).hasSize(6);
  }

  @Test
  void whatCannotBeUndoneIsSaid() {
    assertThat(undo("nobody").text("code")).isEqualTo("unknown_ingest");
    String id = rig.upload("undo_keyed", FILE).text("id");
    rig.awaitRead(id);
    create(rig, "undo_keyed", Map.of(TableKeys.PROPERTY, "a"));
    Answer keyed = undo(id);
    assertThat(keyed.status()).isEqualTo(409);
    assertThat(keyed.text("code")).isEqualTo("dataset_keyed");
  }
}
