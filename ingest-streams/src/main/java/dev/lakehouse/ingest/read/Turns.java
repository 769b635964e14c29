package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.format.Aside;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Few places to work, shared by many threads in turns: who has waited longest goes next, and who
 * has a place gives it up every so often. While nobody waits, nobody gives anything up.
 */
public final class Turns implements Aside {
  private static final long NONE = 0;

  private final Semaphore places;
  private final long nanos;

  /** When the thread's turn began, or {@link #NONE}. */
  private final ThreadLocal<Long> began = ThreadLocal.withInitial(() -> NONE);

  /**
   * @param places how many threads work at once
   * @param turn how long a turn lasts where others wait
   */
  public Turns(int places, Duration turn) {
    this.places = new Semaphore(places, true);
    this.nanos = turn.toNanos();
  }

  /** Waits for a place and takes it. */
  void take() {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    begin();
  }

  private void begin() {
    long now = System.nanoTime();
    began.set(now == NONE ? 1 : now);
  }

  private boolean isWorking() {
    return began.get() != NONE;
  }

  /** Gives the caller's place back, if it has one. */
  void end() {
    if (isWorking()) {
      began.remove();
      places.release();
    }
  }

  /** Ends the caller's turn; the next one is behind those of all who wait. */
  void pass() {
    if (isWorking() && places.hasQueuedThreads()) {
      end();
      take();
    } else if (isWorking()) {
      begin();
    }
  }

  /** As {@link #pass}, if the caller's turn has lasted long enough. */
  void passIfOver() {
    if (isWorking() && System.nanoTime() - began.get() > nanos) {
      pass();
    }
  }

  /** How many threads wait for a place. */
  int waiting() {
    return places.getQueueLength();
  }

  @Override
  public void step() {
    end();
  }

  @Override
  public void comeBack() {
    if (!isWorking()) {
      places.acquireUninterruptibly();
      begin();
    }
  }
}
