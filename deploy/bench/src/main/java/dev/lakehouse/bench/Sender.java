package dev.lakehouse.bench;

import dev.lakehouse.schemas.kafka.KafkaClients;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A plain idempotent producer that tells of the first record the broker did not take. */
final class Sender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Sender(KafkaClients kafka, Map<String, ?> settings) {
    this.producer = kafka.producer(settings);
  }

  void send(String topic, byte[] value) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, value),
            (written, failed) -> failure.compareAndSet(null, failed));
  }

  /**
   * Returns once all records are acknowledged.
   *
   * @throws IllegalStateException if one was not
   */
  void flush() {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("the broker did not take a record", failed);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
