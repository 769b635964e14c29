package dev.lakehouse.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.event.LandingState;
import dev.lakehouse.schemas.event.LandingStatus;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, registry and our clients of both are real, and keep what they were told over a restart.
 */
class EmbeddedPartsIT {
  @TempDir Path dir;

  @Test
  void recordsAndSchemasSurviveARestart() throws Exception {
    LandingStatus status =
        new LandingStatus(
            "orders", LandingState.STOPPED, "offset_gap", "records are gone", Instant.EPOCH);
    int orders;
    try (EmbeddedParts parts = EmbeddedParts.start(dir, Map.of())) {
      SchemaRegistry registry = registry(parts.config());
      orders = registry.register("data.orders-value", schema("id"));
      KafkaClients clients = new KafkaClients(parts.config().kafka());
      try (Admin admin = clients.admin();
          KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of())) {
        clients.create(admin, Topics.LANDING);
        clients.create(admin, Topics.LANDING);
        byte[] value = Topics.LANDING.values(registry).write(status);
        producer
            .send(new ProducerRecord<>(Topics.LANDING.name(), "orders".getBytes(UTF_8), value))
            .get();
      }
    }
    try (EmbeddedParts parts = EmbeddedParts.start(dir, Map.of())) {
      SchemaRegistry registry = registry(parts.config());
      assertThat(registry.byId(orders)).isEqualTo(schema("id"));
      assertThat(registry.latest("data.orders-value").orElseThrow().id()).isEqualTo(orders);
      assertThat(registry.latest("nobody")).isEmpty();
      assertThatThrownBy(() -> registry.byId(4711))
          .isInstanceOf(RegistryException.UnknownSchema.class);
      assertThatThrownBy(() -> registry.register("data.orders-value", schema("id", "more")))
          .isInstanceOf(RegistryException.Incompatible.class);
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaClients(parts.config().kafka()).consumer(Map.of())) {
        consumer.assign(List.of(new TopicPartition(Topics.LANDING.name(), 0)));
        ConsumerRecord<byte[], byte[]> record =
            consumer.poll(Duration.ofSeconds(20)).iterator().next();
        assertThat(new String(record.key(), UTF_8)).isEqualTo("orders");
        assertThat(Topics.LANDING.values(registry).read(record.value())).isEqualTo(status);
      }
    }
  }

  @Test
  void aRegistryThatWasLeftBehindIsReplacedAlsoWithoutItsIdentity() throws Exception {
    Path home = Path.of(System.getProperty("lakehouse.registry.home"));
    EmbeddedRegistry left = EmbeddedRegistry.start(home, dir, FreePort.pick(), List.of());
    Files.delete(dir.resolve("registry.pid"));
    try (EmbeddedRegistry next = EmbeddedRegistry.start(home, dir, FreePort.pick(), List.of())) {
      next.awaitReady();
      assertThat(left.isAlive()).isFalse();
      assertThat(next.isAlive()).isTrue();
    }
  }

  private static SchemaRegistry registry(LakehouseConfig config) {
    return new SchemaRegistry(URI.create(config.registry().url()), config.registry().headers());
  }

  /** Required fields, so that a second one is not backward compatible. */
  private static Schema schema(String... fields) {
    SchemaBuilder.FieldAssembler<Schema> record = SchemaBuilder.record("orders").fields();
    for (String field : fields) {
      record = record.requiredLong(field);
    }
    return record.endRecord();
  }
}
