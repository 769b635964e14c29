package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.Batch;
import dev.lakehouse.jobs.land.LogRecord;
import dev.lakehouse.jobs.land.Source;
import dev.lakehouse.jobs.land.StoppedException;
import dev.lakehouse.jobs.land.TableWriter;
import dev.lakehouse.schemas.registry.RegistryException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One topic in the write operator: its writer, and whether it may write. */
final class WriteLane {
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LOOK_EVERY_MILLIS = 10_000;
  private static final long LONGEST_PAUSE_MILLIS = 16_000;

  final Source source;
  long lastCut;
  boolean cutPlanned;
  private final Supplier<TableWriter> writers;
  private @Nullable TableWriter writer;
  private final Map<Integer, Long> seen = new HashMap<>();
  private long lookedAt;
  private boolean stopped;
  private boolean failing;
  private long pause = FIRST_PAUSE_MILLIS;
  private long pausedUntil;

  WriteLane(Source source, Supplier<TableWriter> writers) {
    this.source = source;
    this.writers = writers;
  }

  /**
   * Takes a record, or leaves it to be read again while the lane may not write.
   *
   * @throws RegistryException if the record was not taken; it may be given again
   */
  void add(LogRecord record, long now) throws IOException, StoppedException {
    Long last = seen.put(record.partition, record.offset);
    if (last != null && record.offset <= last) {
      startAnew();
    }
    if (stopped || now < pausedUntil) {
      return;
    }
    try {
      write(record);
    } catch (RegistryException e) {
      seen.put(record.partition, record.offset - 1);
      throw e;
    }
    if (failing && now > pausedUntil + pause) {
      failing = false;
      pause = FIRST_PAUSE_MILLIS;
    }
  }

  private void write(LogRecord record) throws IOException, StoppedException {
    TableWriter current = writer;
    if (current == null) {
      current = writers.get();
      writer = current;
    }
    current.add(record);
  }

  /** Whether writing failed lately. */
  boolean isFailing() {
    return failing;
  }

  boolean hasRows() {
    return writer != null && !writer.isEmpty();
  }

  Optional<Batch> cut(long now) throws IOException, StoppedException {
    lastCut = now;
    if (writer != null && now - lookedAt > LOOK_EVERY_MILLIS) {
      lookedAt = now;
      if (writer.isOutdated()) {
        abandon();
      }
    }
    return writer == null ? Optional.empty() : writer.cut();
  }

  /** Offsets begin again only where the topic was made anew; what was learnt is of the old one. */
  private void startAnew() {
    stopped = false;
    pausedUntil = 0;
    abandon();
  }

  void stop() {
    stopped = true;
    abandon();
  }

  void failed(long now) {
    failing = true;
    pausedUntil = now + pause;
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    abandon();
  }

  private void abandon() {
    if (writer != null) {
      writer.abandon();
      writer = null;
    }
  }
}
