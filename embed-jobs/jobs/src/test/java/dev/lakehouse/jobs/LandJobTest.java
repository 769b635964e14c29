package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.config.LakehouseConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the landing job is told its settings on a Flink elsewhere. */
class LandJobTest {
  private static final LakehouseConfig CONFIG =
      LakehouseConfig.of(
          Map.ofEntries(
              Map.entry("kafka.bootstrap", "kafka-1:9092,kafka-2:9092"),
              Map.entry("kafka.properties.sasl.jaas.config", "a b=\"c\";"),
              Map.entry("registry.url", "http://registry:8081"),
              Map.entry("registry.headers.Authorization", "Basic eA=="),
              Map.entry("catalog.uri", "jdbc:postgresql://db/lakehouse?user=me"),
              Map.entry("catalog.warehouse", "file:///mnt/shared/warehouse"),
              Map.entry("catalog.properties.jdbc.schema-version", "V1"),
              Map.entry("flink.parallelism", "3"),
              Map.entry("landing.commit_interval", "5s"),
              Map.entry("landing.tag_retention", "2d"),
              Map.entry("topics.crm.orders", "orders")));

  @Test
  void theArgumentsSayAllThatLandingReads() {
    LakehouseConfig told = LandJob.config(LandJob.arguments(CONFIG).toArray(String[]::new));

    assertThat(told).isEqualTo(CONFIG);
  }

  @Test
  void theNameTellsCatalogsApartAndNothingElse() {
    LakehouseConfig elsewhere = CONFIG.with(CONFIG.catalog().at("jdbc:sqlite:x", "file:///x"));

    assertThat(LandJob.nameFor(CONFIG))
        .matches("land-[0-9a-f]{8}")
        .isEqualTo(LandJob.nameFor(CONFIG.with(CONFIG.kafka().at("other:9092"))))
        .isNotEqualTo(LandJob.nameFor(elsewhere));
  }

  @Test
  void anArgumentThatIsNoneIsNamed() {
    assertThatThrownBy(() -> LandJob.config(new String[] {"--sett", "a=b"}))
        .hasMessageContaining("--sett a=b");
    assertThatThrownBy(() -> LandJob.config(new String[] {"--set"}))
        .hasMessageContaining("wants a value");
  }
}
