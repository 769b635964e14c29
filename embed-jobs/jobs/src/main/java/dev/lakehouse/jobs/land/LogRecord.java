package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.topic.RecordHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic. A plain object with public fields, so that Flink's own serializer carries
 * it.
 */
public final class LogRecord {
  public String topic = "";
  public int partition;
  public long offset;

  /** When the producer or the broker stamped it, ms since the epoch. */
  public long timestamp;

  /** The ingest that brought it; null for a foreign producer's record. */
  public @Nullable String ingestId;

  /** Its row number in its source, from 1; 0 where nobody says. */
  public long row;

  public byte @Nullable [] key;
  public byte @Nullable [] value;

  /** The record as the consumer gives it. */
  public static LogRecord of(ConsumerRecord<byte[], byte[]> record) {
    LogRecord result = new LogRecord();
    result.topic = record.topic();
    result.partition = record.partition();
    result.offset = record.offset();
    result.timestamp = record.timestamp();
    result.ingestId = RecordHeaders.read(record.headers(), RecordHeaders.INGEST_ID).orElse(null);
    result.row =
        RecordHeaders.read(record.headers(), RecordHeaders.ROW).map(LogRecord::row).orElse(0L);
    result.key = record.key();
    result.value = record.value();
    return result;
  }

  /** A foreign producer may say anything there. */
  private static long row(String text) {
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
