package dev.lakehouse.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask the same question, each as soon as it has its answer. */
final class Crowd {
  private static final long WARM_UP_NANOS = 1_000_000_000L;

  private final int clients;
  private final long nanos;

  /**
   * @param millis how long is counted
   */
  Crowd(int clients, long millis) {
    this.clients = clients;
    this.nanos = millis * 1_000_000;
  }

  /** What came of it. */
  record Result(double perSecond, double median, double p95) {}

  /**
   * Asks.
   *
   * @param asked makes one for each client
   */
  Result ask(Callable<Asked> asked, String sql) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      long from = System.nanoTime() + WARM_UP_NANOS;
      List<Future<Samples>> all = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        Asked own = asked.call();
        all.add(threads.submit(() -> one(own, sql, from)));
      }
      Samples together = new Samples();
      for (Future<Samples> one : all) {
        together.addAll(one.get());
      }
      return new Result(
          together.count() / (nanos / 1e9), together.median(), together.percentile(95));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (RuntimeException | IOException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Samples one(Asked asked, String sql, long from)
      throws IOException, InterruptedException, SQLException {
    Samples samples = new Samples();
    long now = System.nanoTime();
    while (now - from < nanos) {
      asked.rows(sql);
      long then = System.nanoTime();
      if (now - from >= 0 && then - from < nanos) {
        samples.add((then - now) / 1e6);
      }
      now = then;
    }
    return samples;
  }
}
