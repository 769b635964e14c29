package dev.lakehouse.query.engine;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends a query from outside: it is asked for once, and the engine hears of it. */
public final class Stop {
  private final AtomicReference<@Nullable Problem> reason = new AtomicReference<>();
  private volatile @Nullable Runnable interrupt;

  /** Asks for the end; the first reason counts. */
  public void request(Problem why) {
    if (reason.compareAndSet(null, why)) {
      Runnable now = interrupt;
      if (now != null) {
        now.run();
      }
    }
  }

  public boolean isRequested() {
    return reason.get() != null;
  }

  /** What to do when the end is asked for; done at once if it was already. */
  public void onRequest(Runnable engineInterrupt) {
    interrupt = engineInterrupt;
    if (reason.get() != null) {
      engineInterrupt.run();
    }
  }

  /** The reason as an exception if the end was asked for, else the fallback. */
  public ProblemException or(ProblemException fallback) {
    Problem why = reason.get();
    return why == null ? fallback : why.toException();
  }

  /** Throws the reason if the end was asked for. */
  public void check() {
    Problem why = reason.get();
    if (why != null) {
      throw why.toException();
    }
  }
}
