package dev.lakehouse.local.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the parts that can end while the process goes on, and starts them again. */
final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "supervisor");
            made.setDaemon(true);
            return made;
          });

  /**
   * @param mends each puts one part right if it is not; a failure is tried again after the interval
   */
  Supervisor(List<Runnable> mends, Duration interval) {
    for (Runnable mend : mends) {
      var unused =
          thread.scheduleWithFixedDelay(
              () -> attempt(mend), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void attempt(Runnable mend) {
    try {
      mend.run();
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        LOG.warn("a part could not be put right; trying again", e);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
