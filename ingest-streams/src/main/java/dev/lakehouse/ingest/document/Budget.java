package dev.lakehouse.ingest.document;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What opening a document or reading one of its pages may cost. A PDF is a program in all but name:
 * a few bytes of it may ask for hours and gigabytes. Whatever works on one looks at the budget of
 * its thread every so often, and stops when it is spent.
 */
final class Budget {
  private static final ThreadLocal<@Nullable Budget> CURRENT = new ThreadLocal<>();

  private final long deadline;
  private final Duration time;
  private final long bytes;
  private long spent;

  private Budget(Duration time, long bytes) {
    this.deadline = System.nanoTime() + time.toNanos();
    this.time = time;
    this.bytes = bytes;
  }

  /** The budget is spent; what is being read is given up. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    Spent(String code, String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /** Work under a budget. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does the work.
   *
   * @param bytes how much may be decoded
   * @throws Spent if it takes more
   */
  static <T> T within(Duration time, long bytes, Work<T> work) throws IOException {
    Budget outer = CURRENT.get();
    CURRENT.set(new Budget(time, bytes));
    try {
      return work.run();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /**
   * Looks at the clock.
   *
   * @throws Spent if the time is over
   */
  static void look() {
    Budget budget = CURRENT.get();
    if (budget != null && System.nanoTime() > budget.deadline) {
      throw new Spent("too_slow", "takes longer than " + budget.time.toSeconds() + " s");
    }
  }

  /**
   * Counts decoded bytes.
   *
   * @throws Spent if they are too many, or the time is over
   */
  static void spend(long bytes) {
    Budget budget = CURRENT.get();
    if (budget == null) {
      return;
    }
    budget.spent += bytes;
    if (budget.spent > budget.bytes) {
      throw new Spent(
          "too_large", "holds more than " + (budget.bytes >> 20) + " MiB when unpacked");
    }
    look();
  }
}
