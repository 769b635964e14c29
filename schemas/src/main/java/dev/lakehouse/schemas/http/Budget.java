package dev.lakehouse.schemas.http;

/**
 * So much in a time, paid afterwards: whoever has something left may begin, whatever it then takes,
 * and waits until that is made up for. Safe for use by many threads.
 */
final class Budget {
  private final double perMilli;
  private final double most;
  private double left;
  private long atMillis;

  /**
   * @param perSecond what comes in
   * @param most what may be saved up
   */
  Budget(double perSecond, double most, long nowMillis) {
    this.perMilli = perSecond / 1_000;
    this.most = most;
    this.left = most;
    this.atMillis = nowMillis;
  }

  private void fill(long nowMillis) {
    left = Math.min(most, left + Math.max(0, nowMillis - atMillis) * perMilli);
    atMillis = Math.max(atMillis, nowMillis);
  }

  /** How long to wait until something is left, in ms; 0 if something is. */
  synchronized long waitMillis(long nowMillis) {
    fill(nowMillis);
    return left > 0 ? 0 : (long) Math.ceil((-left + 1) / perMilli);
  }

  /** Takes it, also where less is left. */
  synchronized void take(double amount, long nowMillis) {
    fill(nowMillis);
    left -= amount;
  }

  /**
   * Takes one if one is left.
   *
   * @return how long to wait for it, in ms; 0 if it was taken
   */
  synchronized long takeOne(long nowMillis) {
    fill(nowMillis);
    if (left >= 1) {
      left -= 1;
      return 0;
    }
    return (long) Math.ceil((1 - left) / perMilli);
  }
}
