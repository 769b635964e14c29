package dev.lakehouse.jobs.flink;

import dev.lakehouse.schemas.config.LandingConfig;

/**
 * When a batch is cut: soon after its first row, but not sooner after the last cut than the commit
 * interval; where the tables are many, the interval grows with what their commits take.
 */
final class CutTimes {
  /** A table that had a batch so lately counts as busy. */
  static final long BUSY_MILLIS = 10_000;

  /** What one commit takes, about. */
  private static final long COMMIT_MILLIS = 25;

  private final long delay;
  private final long interval;
  private final int writers;

  CutTimes(LandingConfig config, int writers) {
    this.delay = config.firstRowDelay().toMillis();
    this.interval = config.commitInterval().toMillis();
    this.writers = writers;
  }

  /**
   * The time to cut a batch whose first row came now, ms since the epoch.
   *
   * @param lastCut when the table's last batch was cut
   * @param busy tables that had a batch within {@link #BUSY_MILLIS}
   */
  long plan(long lastCut, long now, long busy) {
    return Math.max(now + delay, lastCut + Math.max(interval, busy * writers * COMMIT_MILLIS));
  }
}
