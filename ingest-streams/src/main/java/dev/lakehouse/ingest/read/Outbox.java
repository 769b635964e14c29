package dev.lakehouse.ingest.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of one transaction after the other. Those of slow rows are gathered, and the
 * transaction is begun only once they are all there, so that none is open while a row is waited
 * for; others are sent as they come.
 */
final class Outbox {
  private static final long MOST_GATHERED_BYTES = 4L << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final boolean gathers;
  private final List<Letter> gathered = new ArrayList<>();
  private long bytes;

  private record Letter(ProducerRecord<byte[], byte[]> record, Callback callback) {}

  /**
   * @param gathers whether a transaction is begun only when its records are all there
   */
  Outbox(KafkaProducer<byte[], byte[]> producer, boolean gathers) {
    this.producer = producer;
    this.gathers = gathers;
  }

  /** Begins the next one. */
  void begin() {
    if (!gathers) {
      producer.beginTransaction();
    }
  }

  void put(ProducerRecord<byte[], byte[]> record, Callback callback) {
    if (gathers) {
      gathered.add(new Letter(record, callback));
      bytes += record.value().length;
    } else {
      send(new Letter(record, callback));
    }
  }

  /** Whether no more should be gathered. */
  boolean isFull() {
    return bytes >= MOST_GATHERED_BYTES;
  }

  /** The broker has all records once this returns, in a transaction that is still open. */
  void deliver() {
    if (gathers) {
      producer.beginTransaction();
      gathered.forEach(this::send);
      forget();
    }
    producer.flush();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private void send(Letter letter) {
    producer.send(letter.record, letter.callback);
  }

  /** Nothing of this one is to be seen. */
  void abandon() {
    if (!gathers) {
      producer.abortTransaction();
    }
    forget();
  }

  private void forget() {
    gathered.clear();
    bytes = 0;
  }
}
