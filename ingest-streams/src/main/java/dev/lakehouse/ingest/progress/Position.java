package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.event.IngestProgress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an ingest stands among all others, the oldest first; it keeps its place there whatever
 * becomes of it, so that a list can be gone on with although the ingest has expired.
 */
record Position(Instant startedAt, String ingestId) implements Comparable<Position> {
  /** Before all others, seen from the newest. */
  static final Position NEWEST = new Position(Instant.MAX, "");

  private static final Comparator<Position> OLDEST_FIRST =
      Comparator.comparing(Position::startedAt).thenComparing(Position::ingestId);
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(.{1,200})");

  static Position of(IngestProgress progress) {
    return new Position(
        progress.getStartedAt().truncatedTo(ChronoUnit.MICROS), progress.getIngestId());
  }

  /**
   * What {@link #text} made a text of.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static Position parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no position in a list");
    }
    long micros = Long.parseLong(matcher.group(1));
    return new Position(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), matcher.group(2));
  }

  String text() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, startedAt) + "." + ingestId;
  }

  @Override
  public int compareTo(Position other) {
    return OLDEST_FIRST.compare(this, other);
  }
}
