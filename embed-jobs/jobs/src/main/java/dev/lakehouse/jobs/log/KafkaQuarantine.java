package dev.lakehouse.jobs.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.jobs.land.Quarantine;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes to the topic {@code ingest.quarantine}; opens its producer with the first record. */
public final class KafkaQuarantine implements Quarantine {
  private static final int LARGEST_RAW = 3 << 20;
  private static final int LARGEST_REQUEST = 4 << 20;

  private final KafkaClients clients;
  private final AvroSerde<Quarantined> values;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  public KafkaQuarantine(KafkaClients clients, SchemaRegistry registry) {
    this.clients = clients;
    this.values = Topics.QUARANTINE.values(registry);
  }

  @Override
  public Future<?> add(Quarantined record) {
    ByteBuffer raw = record.getRaw();
    if (raw != null && raw.remaining() > LARGEST_RAW) {
      record.setRaw(null);
      record.setRawTruncated(true);
      record.setReason(record.getReason() + " (its bytes are too many to keep here)");
    }
    String ingest = record.getIngestId();
    String key =
        ingest == null
            ? record.getTopic() + "-" + record.getPartition() + "-" + record.getOffset()
            : ingest;
    return producer()
        .send(
            new ProducerRecord<>(
                Topics.QUARANTINE.name(), key.getBytes(UTF_8), values.write(record)));
  }

  @Override
  public void flush() {
    if (producer != null) {
      producer.flush();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> opened = producer;
    if (opened == null) {
      try (Admin admin = clients.admin()) {
        clients.create(admin, List.of(Topics.QUARANTINE.toCreate()));
      }
      opened = clients.producer(Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST));
      producer = opened;
    }
    return opened;
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
