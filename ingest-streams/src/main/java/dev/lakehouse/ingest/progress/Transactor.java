package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the producer of one transactional id. It is opened when it is first asked for; that decides
 * what the last one left open, and the log is then read up to that, so that whoever has the
 * producer knows the truth. Whoever doubts what became of a transaction discards the producer, and
 * the next one decides it. For one thread at a time.
 */
public final class Transactor implements AutoCloseable {
  private final KafkaClients clients;
  private final ProgressLog log;
  private final String id;
  private final Map<String, ?> settings;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  /**
   * @param id transactional id
   * @param settings of the producer, as Kafka names them
   */
  public Transactor(KafkaClients clients, ProgressLog log, String id, Map<String, ?> settings) {
    this.clients = clients;
    this.log = log;
    this.id = id;
    this.settings = Map.copyOf(settings);
  }

  /**
   * The producer, no transaction begun; the log has all that was committed under this id.
   *
   * @throws KafkaException if the broker does not answer; nothing is held then
   */
  public KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> held = producer;
    if (held != null) {
      return held;
    }
    KafkaProducer<byte[], byte[]> opened = clients.transactional(id, settings);
    try {
      opened.initTransactions();
      log.awaitCurrent();
    } catch (RuntimeException e) {
      opened.close(Duration.ZERO);
      throw e;
    }
    producer = opened;
    return opened;
  }

  /** Lets the producer go, whatever it was about; the next one decides what became of it. */
  public void discard() {
    KafkaProducer<byte[], byte[]> held = producer;
    producer = null;
    if (held != null) {
      held.close(Duration.ZERO);
    }
  }

  /** Its transactional id. */
  public String id() {
    return id;
  }

  @Override
  public void close() {
    discard();
  }
}
