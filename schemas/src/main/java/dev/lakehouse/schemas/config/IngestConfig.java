package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * {@code [ingest]}: uploads, events and their readers.
 *
 * @param maxUploadBytes largest file taken
 * @param maxEventsBytes largest body of events taken
 * @param transaction how long one reading transaction lasts
 * @param readers how many files are read at once
 * @param retentionGrace how long a record stays on its topic after it has landed
 */
public record IngestConfig(
    long maxUploadBytes,
    long maxEventsBytes,
    Duration transaction,
    int readers,
    Duration retentionGrace)
    implements Serializable {
  static IngestConfig from(Settings settings) {
    return new IngestConfig(
        settings.bytes("ingest.max_upload", 10L << 30),
        settings.bytes("ingest.max_events", 16L << 20),
        settings.duration("ingest.transaction", Duration.ofSeconds(1)),
        settings.count("ingest.readers", 2, 1, 4),
        settings.duration("ingest.retention_grace", Duration.ofDays(1)));
  }
}
