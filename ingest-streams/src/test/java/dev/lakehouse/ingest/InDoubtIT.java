package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.FaultyClients.Fault;
import dev.lakehouse.ingest.IngestRig.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a commit and of its answer, what is sent again is there once. */
class InDoubtIT {
  private static final String UPLOADS = "lakehouse-uploads";
  private static final String EVENTS = "lakehouse-events-";
  private static final String READERS = "lakehouse-reader-";

  private final IngestRig rig =
      IngestRig.faulty(Map.of("ingest.transaction", "5ms"), Clock.systemUTC());
  private final FaultyClients faults = (FaultyClients) rig.clients;

  @AfterEach
  void stop() {
    rig.close();
  }

  private Answer upload(String dataset) {
    return rig.upload(dataset, "a\n1\n2\n");
  }

  private Answer post(String dataset) {
    return rig.send(
        HttpRequest.newBuilder(rig.at("/ingest/events/" + dataset))
            .header("Idempotency-Key", "the key")
            .POST(BodyPublishers.ofString("[{\"n\":1},{\"n\":2}]"))
            .build());
  }

  private long ingestsOf(String dataset) {
    return rig.get("/ingest?limit=1000").body().path("items").findValuesAsText("dataset").stream()
        .filter(dataset::equals)
        .count();
  }

  /** Settling a doubt opens them, so that the next opening is the one of a writer in doubt. */
  private void openAllWriters(String dataset) {
    faults.commits(EVENTS, Fault.ANSWER_LOST);
    post(dataset);
  }

  @Test
  void anAnnouncementWhoseAnswerWasLostIsFoundAsADuplicate() {
    faults.commits(UPLOADS, Fault.ANSWER_LOST);
    assertThat(upload("announced").text("code")).isEqualTo("broker_unavailable");
    Answer again = upload("announced");
    assertThat(again.text("state")).isEqualTo("duplicate");
    rig.awaitRead(again.text("duplicateOf"));
    assertThat(rig.rows("announced")).hasSize(2);
    assertThat(ingestsOf("announced")).isEqualTo(1);
  }

  @Test
  void anAnnouncementThatNeverArrivedIsMadeAgain() {
    faults.commits(UPLOADS, Fault.REQUEST_LOST);
    assertThat(upload("lost").status()).isEqualTo(503);
    Answer again = upload("lost");
    assertThat(again.status()).isEqualTo(202);
    rig.awaitRead(again.text("id"));
    assertThat(rig.rows("lost")).hasSize(2);
    assertThat(ingestsOf("lost")).isEqualTo(1);
  }

  @Test
  void anAnnouncementThatArrivesLateDoesNotCount() {
    faults.commits(UPLOADS, Fault.REQUEST_LATE);
    assertThat(upload("late").status()).isEqualTo(503);
    Answer again = upload("late");
    assertThat(again.status()).isEqualTo(202);
    assertThat(faults.commitLate()).isPresent();
    rig.awaitRead(again.text("id"));
    assertThat(rig.rows("late")).hasSize(2);
    assertThat(ingestsOf("late")).isEqualTo(1);
  }

  @Test
  void eventsWhoseAnswerWasLostAreAnsweredFromTheTopic() {
    faults.commits(EVENTS, Fault.ANSWER_LOST);
    Answer first = post("answered");
    assertThat(first.status()).isEqualTo(200);
    assertThat(post("answered")).isEqualTo(first);
    assertThat(rig.rows("answered")).hasSize(2);
  }

  @Test
  void eventsThatStayInDoubtAreDecidedBeforeTheyAreSentAgain() {
    openAllWriters("opening1");
    faults.commits(EVENTS, Fault.REQUEST_LATE);
    faults.failOpenings(1);
    assertThat(post("doubtful").text("code")).isEqualTo("broker_unavailable");
    Answer again = post("doubtful");
    assertThat(again.status()).isEqualTo(200);
    assertThat(faults.commitLate()).isPresent();
    assertThat(post("doubtful")).isEqualTo(again);
    assertThat(rig.rows("doubtful")).hasSize(2);
  }

  @Test
  void eventsThatWereCommittedInTheMeantimeAreNotSentAgain() {
    openAllWriters("opening2");
    faults.commits(EVENTS, Fault.REQUEST_LATE);
    faults.failOpenings(1);
    assertThat(post("meantime").text("code")).isEqualTo("broker_unavailable");
    assertThat(faults.commitLate()).isEmpty();
    Answer again = post("meantime");
    assertThat(again.status()).isEqualTo(200);
    assertThat(post("meantime")).isEqualTo(again);
    assertThat(rig.rows("meantime")).hasSize(2);
  }

  @Test
  void aFileOfWhichRowsAreWrittenIsNeverGivenUp() {
    int rows = 50_000;
    StringBuilder csv = new StringBuilder("n\n");
    LongStream.rangeClosed(1, rows).forEach(n -> csv.append(n).append('\n'));
    Fault[] commits = new Fault[9];
    Arrays.fill(commits, Fault.BROKEN);
    commits[0] = Fault.NONE;
    commits[1] = Fault.NONE;
    faults.commits(READERS, commits);
    String id =
        rig.upload("stubborn.csv", csv.toString().getBytes(UTF_8), Map.of("dataset", "stubborn"))
            .text("id");
    JsonNode view = rig.awaitRead(id);
    assertThat(faults.pending()).isZero();
    assertThat(view.path("state").asText()).isEqualTo("landing");
    assertThat(rig.rows("stubborn").stream().map(row -> row.get("n")))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, rows).<Object>mapToObj(n -> n).toList());
  }

  @Test
  void aFileOfWhichNothingIsWrittenIsGivenUpAfterSomeTries() {
    Fault[] commits = new Fault[7];
    Arrays.fill(commits, Fault.BROKEN);
    faults.commits(READERS, commits);
    String id = upload("hopeless").text("id");
    JsonNode view = rig.awaitRead(id);
    assertThat(view.path("state").asText()).isEqualTo("failed");
    assertThat(view.path("error").path("code").asText()).isEqualTo("read_failed");
    assertThat(rig.rows("hopeless")).isEqualTo(List.of());
    Answer again = upload("hopeless");
    assertThat(again.status()).isEqualTo(202);
    rig.awaitRead(again.text("id"));
    assertThat(rig.rows("hopeless")).hasSize(2);
  }
}
