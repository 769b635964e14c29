package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.config.Quota;
import io.javalin.http.Context;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one principal may still ask for now. Safe for use by many threads. */
public final class Allowance {
  static final String ATTRIBUTE = "lakehouse.allowance";
  private static final String QUERYING = "lakehouse.querying";

  private final String principal;
  private final Quota quota;
  private final Clock clock;
  private final AtomicLong querying = new AtomicLong();
  private final @Nullable Budget requests;
  private final @Nullable Budget returned;
  private final @Nullable Budget uploaded;

  Allowance(String principal, Quota quota, Clock clock) {
    this.principal = principal;
    this.quota = quota;
    this.clock = clock;
    this.requests = budget((double) quota.requestsPerSecond(), 10.0 * quota.requestsPerSecond());
    this.returned = budget(quota.returnedPerMinute() / 60.0, (double) quota.returnedPerMinute());
    this.uploaded = budget(quota.uploadedPerMinute() / 60.0, (double) quota.uploadedPerMinute());
  }

  private @Nullable Budget budget(double perSecond, double most) {
    return most == 0 ? null : new Budget(perSecond, most, clock.millis());
  }

  /** The allowance of the caller of a request that came through {@link LakehouseServer}. */
  public static Allowance of(Context context) {
    Allowance allowance = context.attribute(ATTRIBUTE);
    if (allowance == null) {
      throw new IllegalStateException("the request did not come through LakehouseServer");
    }
    return allowance;
  }

  void request(Context context) {
    if (requests != null) {
      refuse(context, "requests_per_second", quota.requestsPerSecond(), requests.takeOne(now()));
    }
  }

  /** A query begins; {@link #ended} is told of its end. */
  void query(Context context) {
    if (returned != null) {
      refuse(context, "returned_per_minute", quota.returnedPerMinute(), returned.waitMillis(now()));
    }
    if (querying.incrementAndGet() > quota.concurrentQueries() && quota.concurrentQueries() > 0) {
      querying.decrementAndGet();
      refuse(context, "concurrent_queries", quota.concurrentQueries(), 1_000);
    }
    context.attribute(QUERYING, true);
  }

  void ended(Context context) {
    if (Boolean.TRUE.equals(context.<Boolean>attribute(QUERYING))) {
      context.attribute(QUERYING, false);
      querying.decrementAndGet();
    }
  }

  /** What is written to the stream counts as returned. */
  public OutputStream returning(OutputStream out) {
    Budget budget = returned;
    if (budget == null) {
      return out;
    }
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        budget.take(length, now());
        this.out.write(bytes, offset, length);
      }
    };
  }

  /**
   * A file or events come in.
   *
   * @throws ProblemException 429 {@code limit_exceeded}
   */
  public void upload(Context context) {
    if (uploaded != null) {
      refuse(context, "uploaded_per_minute", quota.uploadedPerMinute(), uploaded.waitMillis(now()));
    }
  }

  /** So many bytes of files or events have come in. */
  public void uploaded(long bytes) {
    if (uploaded != null) {
      uploaded.take((double) bytes, now());
    }
  }

  /** The largest file or body of events, of at most so many bytes. */
  public long mostUpload(long bytes) {
    return quota.uploadBytes() == 0 ? bytes : Math.min(bytes, quota.uploadBytes());
  }

  private long now() {
    return clock.millis();
  }

  private void refuse(Context context, String limit, long most, long waitMillis) {
    if (waitMillis > 0) {
      long seconds = (waitMillis + 999) / 1_000;
      context.header("Retry-After", Long.toString(seconds));
      throw Problem.of(
              429,
              "limit_exceeded",
              "A limit is exceeded",
              "'" + principal + "' has used up limits." + limit + ", which is " + most)
          .hint("ask again in " + seconds + " s, or have the limit raised")
          .with("limit", limit)
          .toException();
    }
  }
}
