package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits for what a lakehouse does in its own time. */
public final class Waiting {
  private static final int POLL_MILLIS = 100;

  private Waiting() {}

  /**
   * Asks until nothing more happens to an ingest.
   *
   * @param seen is told each state
   */
  public static Answers.Ingest untilEnded(ApiClient client, String id, Consumer<Answers.Rows> seen)
      throws InterruptedException {
    while (true) {
      Answers.Ingest ingest = client.ingest(id);
      seen.accept(ingest.rows());
      if (ingest.isEnded()) {
        return ingest;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
