package dev.lakehouse.local.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, so that it can be closed: stage by stage from the last to the first, those
 * of one stage side by side. Safe for use by many threads.
 */
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  /** What depends on what; a stage is closed before those above it. */
  enum Stage {
    FOUNDATION,
    CONNECTION,
    ENGINE,
    SERVICE,
    WATCH,
    DOOR
  }

  private final NavigableMap<Stage, List<AutoCloseable>> stages = new TreeMap<>();
  private final StartListener listener;
  private final long beganNanos = System.nanoTime();
  private boolean closed;

  Parts(StartListener listener) {
    this.listener = listener;
  }

  /** Keeps a part for closing. */
  synchronized <T extends AutoCloseable> T keep(Stage stage, T part) {
    if (closed) {
      close(part);
      throw new IllegalStateException("closed while starting");
    }
    stages.computeIfAbsent(stage, s -> new ArrayList<>()).add(part);
    return part;
  }

  /** Tells that a part is ready. */
  synchronized void ready(String name, String where) {
    listener.started(name, where, Duration.ofNanos(System.nanoTime() - beganNanos));
  }

  @Override
  public void close() {
    NavigableMap<Stage, List<AutoCloseable>> all;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      all = new TreeMap<>(stages);
    }
    all.descendingMap()
        .values()
        .forEach(
            parts ->
                CompletableFuture.allOf(
                        parts.stream()
                            .map(part -> CompletableFuture.runAsync(() -> close(part)))
                            .toArray(CompletableFuture[]::new))
                    .join());
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} does not close cleanly", part.getClass().getSimpleName(), e);
    }
  }
}
