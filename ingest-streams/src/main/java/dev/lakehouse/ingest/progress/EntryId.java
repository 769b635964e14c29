package dev.lakehouse.ingest.progress;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an entry of quarantine for ever: where it is on the topic {@code ingest.quarantine}.
 *
 * @param partition of the topic
 * @param offset in the partition
 */
public record EntryId(int partition, long offset) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

  /** The id that {@link #toString} made a text of; empty if it is no such text. */
  public static Optional<EntryId> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new EntryId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return partition + "-" + offset;
  }
}
