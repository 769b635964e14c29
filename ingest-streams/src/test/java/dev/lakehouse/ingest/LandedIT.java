package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.TableNames;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What tables have recorded decides what is done and what the topics may forget. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LandedIT {
  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = new IngestRig(Map.of("ingest.retention_grace", "100ms"), Clock.systemUTC());
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String topicId(Admin admin, String topic) throws Exception {
    return Optional.ofNullable(
            admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
        .orElseThrow()
        .topicId()
        .toString();
  }

  private long logStart(Admin admin, String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.earliest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  @Test
  void followersSeeItDoneAndTheTopicForgetsWhatHasLanded() throws Exception {
    String id = rig.upload("landed", "a\n1\n2\n3\n").text("id");
    rig.awaitRead(id);
    CompletableFuture<HttpResponse<String>> followed =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(rig.at("/ingest/" + id + "/events"))
                    .header("Accept", "text/event-stream")
                    .build(),
                BodyHandlers.ofString());
    try (Admin admin = rig.clients.admin()) {
      Table table =
          rig.catalog
              .catalog()
              .createTable(
                  TableNames.of(new DatasetName("landed")),
                  new Schema(Types.NestedField.optional(1, "a", Types.LongType.get())),
                  PartitionSpec.unpartitioned(),
                  Map.of(
                      LandedState.TOPIC, "data.landed",
                      LandedState.TOPIC_ID, topicId(admin, "data.landed"),
                      LandedState.OFFSETS, "0:2"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> logStart(admin, "data.landed") == 2);
      assertThat(rig.get("/ingest/" + id).text("state")).isEqualTo("landing");

      table.updateProperties().set(LandedState.OFFSETS, "0:4").commit();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> logStart(admin, "data.landed") >= 3);
    }
    JsonNode done = rig.get("/ingest/" + id).body();
    assertThat(done.path("state").asText()).isEqualTo("done");
    assertThat(done.path("rows").path("landed").asLong()).isEqualTo(3);
    HttpResponse<String> stream = followed.join();
    assertThat(stream.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    assertThat(stream.body()).contains("event: progress").contains("\"state\":\"landing\"");
    assertThat(stream.body().strip()).contains("\"state\":\"done\"");
  }

  @Test
  void aForeignTopicIsToldNotToForgetByTime() throws Exception {
    try (Admin admin = rig.clients.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("data.foreign", 1, (short) 1)
                      .configs(Map.of("retention.ms", "3600000"))))
          .all()
          .get();
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "data.foreign");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  Optional.ofNullable(admin.describeConfigs(List.of(topic)).all().get().get(topic))
                      .orElseThrow()
                      .get("retention.ms")
                      .value()
                      .equals("-1"));
    }
  }

  @Test
  void listsArePaged() {
    for (int i = 0; i < 3; i++) {
      rig.upload("paged", "a\n" + i + "\n");
    }
    JsonNode first = rig.get("/ingest?limit=2").body();
    assertThat(first.path("items")).hasSize(2);
    JsonNode second = rig.get("/ingest?limit=2&cursor=" + first.path("cursor").asText()).body();
    assertThat(second.path("items").get(0).path("id"))
        .isNotEqualTo(first.path("items").get(1).path("id"));
    assertThat(rig.get("/ingest?limit=x").text("code")).isEqualTo("bad_parameter");
  }
}
