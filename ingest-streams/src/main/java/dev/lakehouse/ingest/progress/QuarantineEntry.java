package dev.lakehouse.ingest.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.event.ReplayedEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One quarantined row or record.
 *
 * @param id where it is on the topic {@code ingest.quarantine}
 * @param dataset the present name of its dataset
 */
public record QuarantineEntry(EntryId id, Quarantined value, String dataset) {
  /** Entries of before say nothing of it, and kept at most so much. */
  private static final int LARGEST_RAW = 512 << 10;

  /** Whether the landing refused it, and not a reader. */
  public boolean isOfLanding() {
    return value.getStage() == QuarantineStage.LANDING && value.getTopic() != null;
  }

  /** Whether its bytes are not all there. */
  public boolean isTruncated() {
    ByteBuffer raw = value.getRaw();
    return value.getRawTruncated()
        || (!isOfLanding() && raw != null && raw.remaining() == LARGEST_RAW);
  }

  /** Its bytes, or empty if none were kept. */
  public Optional<byte[]> raw() {
    ByteBuffer raw = value.getRaw();
    if (raw == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[raw.remaining()];
    raw.duplicate().get(bytes);
    return Optional.of(bytes);
  }

  /** Roughly what it takes in memory and in an answer. */
  long bytes() {
    ByteBuffer raw = value.getRaw();
    return 500L + value.getReason().length() + (raw == null ? 0 : raw.remaining());
  }

  /** What is written down of its replay. */
  public ReplayedEntry mark() {
    ReplayedEntry.Builder mark =
        ReplayedEntry.newBuilder().setPartition(id.partition()).setOffset(id.offset());
    if (isOfLanding()) {
      mark.setOrigin(value.getTopicId() == null ? value.getTopic() : value.getTopicId())
          .setOriginPartition(value.getPartition())
          .setOriginOffset(value.getOffset());
    }
    return mark.build();
  }

  /**
   * As callers see it.
   *
   * @param row row number in its source, from 1, or null
   * @param raw its bytes as text, as far as they are UTF-8, or null
   * @param rawTruncated whether {@code raw} is only its beginning, or left out
   */
  public record View(
      String entry,
      String dataset,
      @Nullable String ingestId,
      String stage,
      @Nullable Long row,
      @Nullable String topic,
      @Nullable Integer partition,
      @Nullable Long offset,
      String code,
      String reason,
      @Nullable String raw,
      boolean rawTruncated,
      Instant quarantinedAt) {}

  View view() {
    ByteBuffer raw = value.getRaw();
    return new View(
        id.toString(),
        dataset,
        value.getIngestId(),
        value.getStage().name().toLowerCase(Locale.ROOT),
        value.getRow(),
        value.getTopic(),
        value.getPartition(),
        value.getOffset(),
        value.getCode(),
        value.getReason(),
        raw == null ? null : UTF_8.decode(raw.duplicate()).toString(),
        isTruncated(),
        value.getQuarantinedAt());
  }
}
