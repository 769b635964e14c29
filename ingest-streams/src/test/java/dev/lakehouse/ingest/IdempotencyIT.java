package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Requests with a key are known for the time that is promised, and no longer. */
class IdempotencyIT {
  private static final int KEPT = 20;
  private static final int SENT = 60;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ingest.idempotency_retention", "1h", "ingest.idempotency_keys", Integer.toString(KEPT));

  /** Moves on by a second each time it is asked. */
  private static final class SteppingClock extends Clock {
    private Instant now = Instant.now().plus(Duration.ofDays(1));

    @Override
    public synchronized Instant instant() {
      now = now.plusMillis(1);
      return now;
    }

    synchronized void skip(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Answer post(IngestRig rig, int number) {
    return rig.send(
        HttpRequest.newBuilder(rig.at("/ingest/events/expiring"))
            .header("Idempotency-Key", "key-" + number)
            .POST(BodyPublishers.ofString("{\"n\":" + number + "}"))
            .build());
  }

  private static double held(IngestRig rig) {
    return rig.meters.get("lakehouse.ingest.idempotency.keys").gauge().value();
  }

  private static void awaitHeld(IngestRig rig, double most) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(held(rig)).isLessThanOrEqualTo(most));
  }

  private static Set<String> listed(IngestRig rig) {
    Set<String> ids = new HashSet<>();
    String next = "/ingest?limit=7";
    while (!next.isEmpty()) {
      JsonNode page = rig.get(next).body();
      page.path("items").forEach(item -> ids.add(item.path("id").asText()));
      String cursor = page.path("cursor").asText("");
      next = cursor.isEmpty() || cursor.equals("null") ? "" : "/ingest?limit=7&cursor=" + cursor;
    }
    return ids;
  }

  @Test
  void theOldestKeysAreForgottenAndTheOthersStillKnown() {
    SteppingClock clock = new SteppingClock();
    List<Answer> answers;
    try (IngestRig rig = new IngestRig(SETTINGS, clock)) {
      String file = rig.upload("kept_file", "a\n1\n").text("id");
      answers = IntStream.range(0, SENT).mapToObj(i -> post(rig, i)).toList();
      awaitHeld(rig, KEPT);
      assertKnown(rig, answers, file);
    }
    try (IngestRig rig = new IngestRig(SETTINGS, clock)) {
      awaitHeld(rig, KEPT);
      assertThat(post(rig, SENT - 1)).isEqualTo(answers.get(SENT - 1));
      assertThat(rig.rows("expiring")).hasSize(SENT);

      clock.skip(Duration.ofHours(2));
      awaitHeld(rig, 0);
      Answer again = post(rig, SENT - 1);
      assertThat(again.status()).isEqualTo(200);
      assertThat(rig.rows("expiring")).hasSize(SENT + 1);
      assertThat(post(rig, SENT - 1)).isEqualTo(again);
    }
  }

  private static void assertKnown(IngestRig rig, List<Answer> answers, String file) {
    Answer expired = rig.get("/ingest/" + answers.get(0).text("id"));
    assertThat(expired.status()).isEqualTo(404);
    assertThat(expired.text("code")).isEqualTo("ingest_expired");
    assertThat(expired.text("detail")).contains("ingest.idempotency_retention");
    for (int i = SENT - KEPT; i < SENT; i++) {
      assertThat(post(rig, i)).isEqualTo(answers.get(i));
      JsonNode view = rig.get("/ingest/" + answers.get(i).text("id")).body();
      assertThat(view.path("rows").path("read").asLong()).isEqualTo(1);
    }
    assertThat(rig.rows("expiring")).hasSize(SENT);
    assertThat(listed(rig))
        .contains(file)
        .contains(answers.get(SENT - 1).text("id"))
        .doesNotContain(answers.get(0).text("id"));
    String cursor = rig.get("/ingest?limit=1").body().path("cursor").asText();
    String gone = cursor.replaceAll("\\..*", ".ev-gone");
    assertThat(rig.get("/ingest?limit=1&cursor=" + gone).body().path("items")).hasSize(1);
    assertThat(rig.get("/ingest?cursor=nonsense").text("code")).isEqualTo("bad_parameter");
  }
}
