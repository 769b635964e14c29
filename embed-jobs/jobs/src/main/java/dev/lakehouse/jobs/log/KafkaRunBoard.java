package dev.lakehouse.jobs.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.jobs.maintain.RunBoard;
import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic {@code maintain.runs}, which is made if it is not there. */
public final class KafkaRunBoard implements RunBoard, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRunBoard.class);

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerde<MaintainRun> values;

  public KafkaRunBoard(KafkaClients clients, SchemaRegistry registry) {
    try (Admin admin = clients.admin()) {
      clients.create(admin, Topics.MAINTAIN);
    }
    values = Topics.MAINTAIN.values(registry);
    producer = clients.producer(Map.of());
  }

  @Override
  public void publish(MaintainRun run) {
    String id = run.getId();
    var unused =
        producer.send(
            new ProducerRecord<>(Topics.MAINTAIN.name(), id.getBytes(UTF_8), values.write(run)),
            (metadata, exception) -> {
              if (exception != null) {
                LOG.warn("how the run {} goes could not be told", id, exception);
              }
            });
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
