package dev.lakehouse.ingest.read;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Collects, from the broker's answers, the offset after the last record of each partition. */
public final class EndOffsets implements Callback {
  private final Map<Integer, Long> next = new HashMap<>();
  private @Nullable Exception failure;

  /** Starts from what earlier transactions reached. */
  public EndOffsets(Map<String, Long> reached) {
    reached.forEach((partition, offset) -> next.put(Integer.parseInt(partition), offset));
  }

  @Override
  public synchronized void onCompletion(
      @Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null) {
      failure = failure == null ? exception : failure;
    } else if (metadata != null) {
      next.merge(metadata.partition(), metadata.offset() + 1, Math::max);
    }
  }

  /**
   * What was reached, as an ingest's progress has it; to be asked after a flush.
   *
   * @throws KafkaException if a record did not get there
   */
  public synchronized Map<String, Long> reached() {
    if (failure != null) {
      throw new KafkaException("a record could not be written", failure);
    }
    Map<String, Long> reached = new TreeMap<>();
    next.forEach((partition, offset) -> reached.put(partition.toString(), offset));
    return reached;
  }
}
