package dev.lakehouse.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.name.DatasetName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void nothingThatHoldsFactsExpiresByTimeOrSize() {
    NewTopic data = Topics.dataTopic(new DatasetName("orders"), 3);
    assertThat(data.name()).isEqualTo("data.orders");
    assertThat(data.numPartitions()).isEqualTo(3);
    assertThat(data.configs())
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1")
        .containsEntry("cleanup.policy", "delete");
    assertThat(Topics.FILES.settings())
        .containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1");
    assertThat(Topics.PROGRESS.settings()).containsEntry("cleanup.policy", "compact");
    assertThat(Topics.LANDING.settings()).containsEntry("cleanup.policy", "compact");
    assertThat(Topics.MAINTAIN.settings()).containsEntry("retention.ms", "604800000");
    assertThat(Topics.SNAPSHOTS.settings()).containsEntry("retention.ms", "172800000");
  }

  @Test
  void topicsAreNamedAsThePlanNamesThem() {
    assertThat(Topics.all().stream().map(Topic::name))
        .containsExactly(
            "ingest.files",
            "ingest.progress",
            "ingest.quarantine",
            "ingest.replays",
            "documents",
            "landing.status",
            "catalog.findings",
            "catalog.changes",
            "catalog.derived",
            "maintain.runs",
            "query.snapshots",
            "audit");
    assertThat(Topics.dataSubject(new DatasetName("orders"))).isEqualTo("data.orders-value");
  }

  @Test
  void aTopicIsADatasetByTheConfigurationElseByItsName() {
    Map<String, String> mapped = Map.of("shop.orders", "orders", "data.old", "renamed");
    assertThat(Topics.dataset("shop.orders", mapped)).contains(new DatasetName("orders"));
    assertThat(Topics.dataset("data.old", mapped)).contains(new DatasetName("renamed"));
    assertThat(Topics.dataset("data.My Orders", mapped)).contains(DatasetName.from("My Orders"));
    assertThat(Topics.dataset("shop.customers", mapped)).isEmpty();
    assertThat(Topics.dataset("data.", mapped)).isEmpty();
  }

  @Test
  void headersAreTextUnderTheirNames() {
    RecordHeaders headers = new RecordHeaders();
    new dev.lakehouse.schemas.topic.RecordHeaders(
            "i-1", 7, "insert", "sha256:ab#row=7", Instant.EPOCH, "00-a-b-01")
        .addTo(headers);
    assertThat(read(headers, "lakehouse.ingest-id")).contains("i-1");
    assertThat(read(headers, "lakehouse.row")).contains("7");
    assertThat(read(headers, "lakehouse.op")).contains("insert");
    assertThat(read(headers, "lakehouse.source-position")).contains("sha256:ab#row=7");
    assertThat(read(headers, "lakehouse.event-time")).contains("1970-01-01T00:00:00Z");
    assertThat(read(headers, "traceparent")).contains("00-a-b-01");
    assertThat(read(headers, "absent")).isEmpty();
  }

  private static Optional<String> read(RecordHeaders headers, String name) {
    return dev.lakehouse.schemas.topic.RecordHeaders.read(headers, name);
  }
}
