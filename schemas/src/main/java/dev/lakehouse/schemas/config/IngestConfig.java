package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * {@code [ingest]}: uploads, events and their readers.
 *
 * @param maxUploadBytes largest file taken
 * @param maxUnpackedBytes largest file that may come out of a compressed one
 * @param maxUnpackedRatio how many times its own size a compressed file may unpack to
 * @param maxEventsBytes largest body of events taken
 * @param transaction how long one reading transaction lasts
 * @param readers how many files are read at once
 * @param retentionGrace how long a record stays on its topic after it has landed
 * @param idempotencyRetention how long the answer to a request of events with a key is known
 * @param idempotencyKeys how many such answers are known at most
 */
public record IngestConfig(
    long maxUploadBytes,
    long maxUnpackedBytes,
    int maxUnpackedRatio,
    long maxEventsBytes,
    Duration transaction,
    int readers,
    Duration retentionGrace,
    Duration idempotencyRetention,
    int idempotencyKeys)
    implements Serializable {
  static IngestConfig from(Settings settings) {
    return new IngestConfig(
        settings.bytes("ingest.max_upload", 10L << 30),
        settings.bytes("ingest.max_unpacked", 100L << 30),
        settings.count("ingest.max_unpacked_ratio", 1000, 1, 1_000_000),
        settings.bytes("ingest.max_events", 16L << 20),
        settings.duration("ingest.transaction", Duration.ofSeconds(1)),
        settings.count("ingest.readers", 2, 1, 4),
        settings.duration("ingest.retention_grace", Duration.ofDays(1)),
        settings.duration("ingest.idempotency_retention", Duration.ofDays(1)),
        settings.count("ingest.idempotency_keys", 200_000, 1, 100_000_000));
  }
}
