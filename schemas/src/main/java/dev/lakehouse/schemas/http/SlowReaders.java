package dev.lakehouse.schemas.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hangs up on clients that read their answer too slowly, so that they do not keep what the answer
 * holds. Only time spent waiting for the client counts against it. Safe for use by many threads.
 */
public final class SlowReaders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlowReaders.class);

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int LEAST_BYTES_PER_SECOND = 4096;
  private static final int PIECE = 8192;

  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> looking;
  private final long windowNanos;
  private final long leastBytes;

  private SlowReaders(Duration window, int leastBytesPerSecond) {
    windowNanos = window.toNanos();
    leastBytes = Math.max(1, window.toMillis() * leastBytesPerSecond / 1000);
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "slow-readers");
              thread.setDaemon(true);
              return thread;
            });
    long tick = Math.max(1, window.toMillis() / 10);
    looking = clock.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
  }

  /** Asks 4 KiB a second of a client, on average over 10 s. */
  public static SlowReaders start() {
    return start(WINDOW, LEAST_BYTES_PER_SECOND);
  }

  static SlowReaders start(Duration window, int leastBytesPerSecond) {
    return new SlowReaders(window, leastBytesPerSecond);
  }

  /**
   * The answer's stream. A write fails once the client was too slow; closing ends the watch and
   * leaves the stream open.
   *
   * @param over whether nobody wants the answer any more: then the client is not waited for either
   */
  public OutputStream watch(Context context, BooleanSupplier over) {
    return watch(context.outputStream(), over, () -> hangUp(context));
  }

  OutputStream watch(OutputStream out, BooleanSupplier over, Runnable hangUp) {
    Watched each = new Watched(out, over, hangUp);
    watched.add(each);
    return each;
  }

  private static void hangUp(Context context) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new TimeoutException("the client reads too slowly"));
  }

  private void look() {
    long now = System.nanoTime();
    for (Watched each : watched) {
      try {
        each.look(now);
      } catch (RuntimeException e) {
        LOG.warn("a connection does not close", e);
      }
    }
  }

  @Override
  public void close() {
    looking.cancel(false);
    clock.shutdownNow();
  }

  private final class Watched extends OutputStream {
    private final OutputStream out;
    private final BooleanSupplier over;
    private final Runnable hangUp;
    private boolean waiting;
    private long waitingSince;
    private long waited;
    private long written;
    private long windowStart = System.nanoTime();

    Watched(OutputStream out, BooleanSupplier over, Runnable hangUp) {
      this.out = out;
      this.over = over;
      this.hangUp = hangUp;
    }

    synchronized void look(long now) {
      boolean windowOver = now - windowStart >= windowNanos;
      if (waiting) {
        boolean slow =
            windowOver && waited + waitedNow(now) >= windowNanos * 8 / 10 && written < leastBytes;
        if (slow || (now - waitingSince >= windowNanos / 5 && over.getAsBoolean())) {
          watched.remove(this);
          hangUp.run();
        }
      }
      if (windowOver) {
        windowStart = now;
        waited = 0;
        written = 0;
      }
    }

    private long waitedNow(long now) {
      return now - Math.max(waitingSince, windowStart);
    }

    private synchronized void begin() {
      waiting = true;
      waitingSince = System.nanoTime();
    }

    private synchronized void end(int length) {
      waiting = false;
      waited += waitedNow(System.nanoTime());
      written += length;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += PIECE) {
        int piece = Math.min(PIECE, length - done);
        begin();
        try {
          out.write(bytes, offset + done, piece);
        } finally {
          end(piece);
        }
      }
    }

    @Override
    public void flush() throws IOException {
      begin();
      try {
        out.flush();
      } finally {
        end(0);
      }
    }

    @Override
    public void close() {
      watched.remove(this);
    }
  }
}
