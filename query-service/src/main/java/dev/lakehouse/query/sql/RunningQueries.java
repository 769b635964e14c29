package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.schemas.http.Problem;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The queries under way, by id, each with its deadline. */
final class RunningQueries implements AutoCloseable {
  private record Running(String principal, Stop stop, ScheduledFuture<?> deadline) {}

  private final ConcurrentHashMap<String, Running> running = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor clock;

  RunningQueries() {
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "query-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * Notes a query; {@link #ended} forgets it.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException {@code query_id_taken}
   */
  Stop started(String id, String principal, Duration atMost) {
    Stop stop = new Stop();
    ScheduledFuture<?> deadline =
        clock.schedule(() -> stop.request(timeout(atMost)), atMost.toNanos(), TimeUnit.NANOSECONDS);
    if (running.putIfAbsent(id, new Running(principal, stop, deadline)) != null) {
      deadline.cancel(false);
      throw Problem.of(
              409, "query_id_taken", "The query id is taken", "a query '" + id + "' is running")
          .toException();
    }
    return stop;
  }

  void ended(String id) {
    Running query = running.remove(id);
    if (query != null) {
      query.deadline().cancel(false);
    }
  }

  /** Whether there was such a query of the principal's to cancel. */
  boolean cancel(String id, String principal) {
    Running query = running.get(id);
    if (query == null || !query.principal().equals(principal)) {
      return false;
    }
    query
        .stop()
        .request(
            Problem.of(
                409, "cancelled", "The query was cancelled", "query '" + id + "' was cancelled"));
    return true;
  }

  static Problem timeout(Duration atMost) {
    return Problem.of(
            504,
            "timeout",
            "The query took too long",
            "the query was stopped after " + atMost.toMillis() + " ms")
        .hint("filter or aggregate earlier, or give it a larger timeoutMs, up to query.timeout");
  }

  int count() {
    return running.size();
  }

  @Override
  public void close() {
    Problem stopping = Problem.of(503, "stopping", "The service stops", "the service stops");
    running.values().forEach(query -> query.stop().request(stopping));
    clock.shutdownNow();
  }
}
