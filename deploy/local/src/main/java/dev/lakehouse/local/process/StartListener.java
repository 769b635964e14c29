package dev.lakehouse.local.process;

import java.time.Duration;
import java.util.List;

/** Is told how a start comes along. Calls come from several threads, one at a time. */
public interface StartListener {
  /** These parts are being started now. */
  void waitingFor(List<String> parts);

  /**
   * A part is ready.
   *
   * @param where where it listens, or nothing if it does not
   * @param took since the start of the whole
   */
  void started(String part, String where, Duration took);

  /**
   * The first key was made, since keys are needed and there is none; it is told this once.
   *
   * @param principal whose it is
   */
  void firstKey(String principal, String key);

  /** Tells nobody. */
  static StartListener silent() {
    return new StartListener() {
      @Override
      public void waitingFor(List<String> parts) {}

      @Override
      public void started(String part, String where, Duration took) {}

      @Override
      public void firstKey(String principal, String key) {}
    };
  }
}
