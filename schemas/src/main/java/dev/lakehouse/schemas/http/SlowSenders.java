package dev.lakehouse.schemas.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives up on requests whose body hardly moves, so that they keep no thread. Only time spent
 * waiting for the client counts.
 */
final class SlowSenders extends Handler.Wrapper {
  /** How long a server waits for a body, in all, before it asks for speed. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final long LEAST_BYTES_PER_SECOND = 256;

  private final Duration grace;

  SlowSenders(Duration grace) {
    this.grace = grace;
  }

  /** What reading such a body fails with, perhaps as a cause. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlow() {
      super("the request's body comes at less than " + LEAST_BYTES_PER_SECOND + " bytes a second");
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(new Timed(request), response, callback);
  }

  private final class Timed extends Request.Wrapper {
    private final AtomicLong waitedNanos = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Timed(Request request) {
      super(request);
    }

    @Override
    public void demand(Runnable available) {
      long asked = System.nanoTime();
      super.demand(
          () -> {
            waitedNanos.addAndGet(System.nanoTime() - asked);
            available.run();
          });
    }

    @Override
    public Content.Chunk read() {
      long waited = waitedNanos.get();
      if (waited > grace.toNanos()
          && bytes.get() < waited / 1_000_000_000L * LEAST_BYTES_PER_SECOND) {
        return Content.Chunk.from(new TooSlow(), true);
      }
      Content.Chunk chunk = super.read();
      if (chunk != null) {
        bytes.addAndGet(chunk.remaining());
      }
      return chunk;
    }
  }
}
