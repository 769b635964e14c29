package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.format.FileFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.errors.InterruptException;

/** Keeps the number of open files that hold much memory small: so many of each heavy format. */
public final class HeavyFiles {
  private final int most;
  private final Turns turns;
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

  /**
   * @param most open files of one heavy format
   * @param turns which whoever waits for a place lets others have
   */
  public HeavyFiles(int most, Turns turns) {
    this.most = most;
    this.turns = turns;
  }

  /** A place among the open files; closed once the file is. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for a place, if the format needs one. */
  Place enter(FileFormat format) {
    if (!format.isHeavy()) {
      return () -> {};
    }
    Semaphore free = places.computeIfAbsent(format.name(), name -> new Semaphore(most, true));
    if (!free.tryAcquire()) {
      turns.step();
      try {
        free.acquire();
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      } finally {
        turns.comeBack();
      }
    }
    return free::release;
  }
}
