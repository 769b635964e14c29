package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.topic.RecordHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Events over HTTP are records once the answer is there, and once only if they carry a key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsIT {
  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = IngestRig.start();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Answer post(String dataset, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(rig.at("/ingest/events/" + dataset))
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return rig.send(request.build());
  }

  @Test
  void anArrayIsFlattenedTypedAndAnsweredWithOffsets() {
    Answer answer =
        post(
            "clicks",
            """
            [{"id":1,"user":{"name":"Ann","Age Group":"30s"},"tags":["a","b"],"at":1.5,"ok":true},
             {"id":2,"at":2,"more":[{"x":1}],"_ingest_id":"mine"}]
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
    JsonNode results = answer.body().path("results");
    assertThat(results.get(0).path("status").asText()).isEqualTo("accepted");
    assertThat(results.get(1).path("offset").asLong())
        .isEqualTo(results.get(0).path("offset").asLong() + 1);

    List<Map<String, Object>> rows = rig.rows("clicks");
    assertThat(rows.get(0))
        .containsEntry("id", 1L)
        .containsEntry("user.name", "Ann")
        .containsEntry("user.Age Group", "30s")
        .containsEntry("at", 1.5)
        .containsEntry("ok", true);
    assertThat(String.valueOf(rows.get(0).get("tags"))).isEqualTo("[a, b]");
    assertThat(rows.get(1))
        .containsEntry("at", 2.0)
        .containsEntry("more", "[{\"x\":1}]")
        .containsEntry("_ingest_id_2", "mine");
    ConsumerRecord<byte[], byte[]> second = rig.records("data.clicks").get(1);
    assertThat(RecordHeaders.read(second.headers(), RecordHeaders.INGEST_ID))
        .contains(answer.text("id"));
    assertThat(RecordHeaders.read(second.headers(), RecordHeaders.ROW)).contains("2");
  }

  @Test
  void aBadEventLosesNoGoodOne() {
    assertThat(post("mixed", "{\"n\":1}").status()).isEqualTo(200);
    Answer answer =
        post(
            "mixed",
            """
            {"n":2,"new":"column"}
            {"n":"three"}
            {"n":
            7
            {"n":5}
            """,
            "Content-Type",
            "application/x-ndjson");
    assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.body().path("rejected").asInt()).isEqualTo(3);
    assertThat(answer.body().path("results").findValuesAsText("code"))
        .containsExactly("misfit", "bad_json", "not_an_object");
    assertThat(rig.rows("mixed").stream().map(row -> row.get("n"))).containsExactly(1L, 2L, 5L);
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsPlace() {
    Answer answer = post("nojson", "[{\"a\":1},\n {\"a\" 2}]");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("not_json");
    assertThat(answer.body().path("line").asInt()).isEqualTo(2);
    assertThat(post("Bad-Name", "{}").text("hint")).contains("bad_name");
  }

  @Test
  void aKeyIsWrittenOnceWhateverHappens() {
    String body = "[{\"n\":1},{\"n\":2},3]";
    List<Answer> answers =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> post("once", body, "Idempotency-Key", "k1")))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(answers.get(0)));
    assertThat(answers.get(0).body().path("accepted").asInt()).isEqualTo(2);
    assertThat(rig.rows("once")).hasSize(2);

    Answer other = post("once", "[{\"n\":3}]", "Idempotency-Key", "k1");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("code")).isEqualTo("idempotency_key_reused");

    rig.close();
    rig = IngestRig.start();
    assertThat(post("once", body, "Idempotency-Key", "k1")).isEqualTo(answers.get(0));
    assertThat(rig.rows("once")).hasSize(2);
    assertThat(rig.get("/ingest/" + answers.get(0).text("id")).text("state")).isEqualTo("landing");
  }
}
