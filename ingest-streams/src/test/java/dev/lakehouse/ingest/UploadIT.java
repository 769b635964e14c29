package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.topic.RecordHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An upload over HTTP becomes records with a schema and headers; what cannot be used is said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadIT {
  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = IngestRig.start();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void rowsBecomeRecordsWithSchemaAndHeaders() {
    Answer answer =
        rig.upload(
            "shop",
            """
            id,Cost Total $,day,at,zip,paid
            1,0.5,2024-02-29,2024-01-01 10:00:00,00501,true
            2,,2024-03-01,2024-01-01 10:00:01,10001,false
            """);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text("state")).isEqualTo("received");
    JsonNode view = rig.awaitRead(answer.text("id"));
    assertThat(view.path("state").asText()).isEqualTo("landing");
    assertThat(view.path("rows").path("read").asLong()).isEqualTo(2);

    assertThat(rig.rows("shop"))
        .containsExactly(
            Map.of(
                "id",
                1L,
                "Cost Total $",
                0.5,
                "day",
                19782,
                "at",
                1704103200000000L,
                "zip",
                "00501",
                "paid",
                true),
            new java.util.HashMap<>() {
              private static final long serialVersionUID = 1L;

              {
                put("id", 2L);
                put("Cost Total $", null);
                put("day", 19783);
                put("at", 1704103201000000L);
                put("zip", "10001");
                put("paid", false);
              }
            });

    Schema schema = rig.registry.latest("data.shop-value").orElseThrow().schema();
    assertThat(schema.getFields().get(1).name()).isEqualTo("Cost_Total__");
    assertThat(schema.getFields().get(3).schema().getTypes().get(1).getLogicalType().getName())
        .isEqualTo("local-timestamp-micros");

    ConsumerRecord<byte[], byte[]> second = rig.records("data.shop").get(1);
    assertThat(second.key()).isNull();
    assertThat(header(second, RecordHeaders.INGEST_ID)).isEqualTo(answer.text("id"));
    assertThat(header(second, RecordHeaders.ROW)).isEqualTo("2");
    assertThat(header(second, RecordHeaders.OPERATION)).isEqualTo("insert");
    assertThat(header(second, RecordHeaders.SOURCE_POSITION))
        .isEqualTo("sha256:" + answer.text("sha256") + "#row=2");
    assertThat(Instant.parse(header(second, RecordHeaders.EVENT_TIME)))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(header(second, RecordHeaders.TRACEPARENT))
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return RecordHeaders.read(record.headers(), name).orElseThrow();
  }

  @Test
  void theSameTwiceAtOnceIsReadOnce() {
    List<CompletableFuture<Answer>> racing =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> rig.upload("racing", "a\n1\n2\n")))
            .toList();
    List<Answer> answers = racing.stream().map(CompletableFuture::join).toList();
    List<Answer> accepted = answers.stream().filter(answer -> answer.status() == 202).toList();
    assertThat(accepted).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 200))
        .hasSize(3)
        .allSatisfy(
            duplicate -> {
              assertThat(duplicate.text("state")).isEqualTo("duplicate");
              assertThat(duplicate.text("duplicateOf")).isEqualTo(accepted.get(0).text("id"));
            });
    rig.awaitRead(accepted.get(0).text("id"));
    assertThat(rig.rows("racing")).hasSize(2);
    assertThat(
            rig.upload(
                    "x.csv",
                    "a\n1\n2\n".getBytes(UTF_8),
                    Map.of("dataset", "racing", "header", "true"))
                .status())
        .isEqualTo(202);
  }

  @Test
  void aCompressedFileIsReadAsWhatIsInIt() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("Sales of 2024\n\nid;price\n1;1.234,50\n2;0,5\nTotal;1.235,00\n".getBytes(UTF_8));
    }
    Answer answer = rig.upload("packed.csv.gz", packed.toByteArray(), Map.of());
    assertThat(answer.text("dataset")).isEqualTo("packed");
    JsonNode view = rig.awaitRead(answer.text("id"));
    assertThat(view.path("rows").path("read").asLong()).isEqualTo(3);
    assertThat(view.path("rows").path("quarantined").asLong()).isEqualTo(1);
    assertThat(rig.rows("packed"))
        .containsExactly(Map.of("id", 1L, "price", 1234.5), Map.of("id", 2L, "price", 0.5));
    JsonNode footer = rig.get("/ingest/" + answer.text("id") + "/quarantine").body();
    assertThat(footer.path("items").get(0).path("code").asText()).isEqualTo("footer");
    assertThat(footer.path("items").get(0).path("raw").asText()).isEqualTo("Total;1.235,00");
  }
}
