package dev.lakehouse.jobs.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.jobs.land.StatusBoard;
import dev.lakehouse.schemas.event.LandingStatus;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic {@code landing.status}: what it said when opened, and what is said from then on. */
public final class KafkaStatusBoard implements StatusBoard {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaStatusBoard.class);

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerde<LandingStatus> values;
  private final Map<String, LandingStatus> last;

  public KafkaStatusBoard(KafkaClients clients, SchemaRegistry registry) {
    try (Admin admin = clients.admin()) {
      clients.create(admin, Topics.LANDING);
    }
    values = Topics.LANDING.values(registry);
    try (StatusReader reader = new StatusReader(clients, registry)) {
      last = new HashMap<>(reader.read());
    }
    producer = clients.producer(Map.of());
  }

  @Override
  public Optional<LandingStatus> last(String dataset) {
    return Optional.ofNullable(last.get(dataset));
  }

  @Override
  public void publish(LandingStatus status) {
    last.put(status.getDataset(), status);
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.LANDING.name(), status.getDataset().getBytes(UTF_8), values.write(status)),
            (metadata, exception) -> {
              if (exception != null) {
                LOG.warn(
                    "landing status of {} could not be published", status.getDataset(), exception);
              }
            });
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
