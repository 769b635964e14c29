package dev.lakehouse.query.derived;

import dev.lakehouse.query.sql.SqlService;
import dev.lakehouse.schemas.config.DerivedConfig;
import dev.lakehouse.schemas.event.DerivedState;
import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each derived table is worked on when it is due, by one thread at a time, and a
 * bounded number of tables at once. Safe for use by many threads.
 */
final class Turns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
  private static final long LOOK_MS = 250;
  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  private final DerivedConfig config;
  private final Supplier<Opened> opening;
  private final Sources sources;
  private final SqlService sql;
  private final Clock clock;
  private final Map<String, Run> running = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks;
  private final ExecutorService workers;
  private volatile @Nullable Opened opened;
  private volatile boolean closing;
  private String trouble = "";

  /** What is there once broker and registry have answered. */
  record Opened(DerivedLog log, LineageLog lineage, Definitions definitions, Work work) {}

  /** Work on one table, from when it is its turn. */
  private static final class Run {
    final CompletableFuture<DerivedTable> done = new CompletableFuture<>();

    /** Whether a table that is not filled by this is to be gone. */
    final boolean once;

    volatile boolean stopped;

    Run(boolean once) {
      this.once = once;
    }
  }

  /**
   * @param opening tried again until it does not throw
   */
  Turns(
      DerivedConfig config,
      Supplier<Opened> opening,
      Sources sources,
      SqlService sql,
      Clock clock) {
    this.config = config;
    this.opening = opening;
    this.sources = sources;
    this.sql = sql;
    this.clock = clock;
    this.looks = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "derived"));
    this.workers =
        Executors.newFixedThreadPool(config.concurrent(), task -> daemon(task, "derived-refresh"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Reads what is defined, in the background, and goes on with it. */
  void begin() {
    var unused = looks.scheduleWithFixedDelay(this::lookSafely, 0, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  /** Looks soon whether something is due. */
  void look() {
    try {
      looks.execute(this::lookSafely);
    } catch (RejectedExecutionException closed) {
      LOG.debug("closed", closed);
    }
  }

  Optional<Opened> opened() {
    return Optional.ofNullable(opened);
  }

  private void lookSafely() {
    try {
      Opened now = opened;
      if (now == null) {
        now = opening.get();
        opened = now;
      }
      for (DerivedTable table : now.log().all()) {
        look(now, table.getName());
      }
      trouble = "";
    } catch (RuntimeException e) {
      if (!closing && !e.toString().equals(trouble)) {
        trouble = e.toString();
        LOG.info("derived tables are waited for: {}", trouble);
      }
    }
  }

  private void look(Opened now, String name) {
    if (running.containsKey(name) || now.log().find(name).filter(this::isDue).isEmpty()) {
      return;
    }
    Run run = new Run(false);
    if (running.putIfAbsent(name, run) == null) {
      start(now, name, run);
    }
  }

  private boolean isDue(DerivedTable table) {
    return Due.isDue(
        table,
        asked.contains(table.getName()),
        () -> sources.changed(table),
        config.pause(),
        clock.instant());
  }

  private void start(Opened now, String name, Run run) {
    asked.remove(name);
    try {
      workers.execute(() -> work(now, name, run));
    } catch (RejectedExecutionException closed) {
      running.remove(name, run);
      run.done.completeExceptionally(Landed.stopping());
    }
  }

  private void work(Opened now, String name, Run run) {
    Problem failure = null;
    DerivedTable result = null;
    try {
      Optional<DerivedTable> table =
          now.log().find(name).filter(known -> known.getState() != DerivedState.ENDED);
      if (table.isPresent()) {
        result = now.work().goOn(table.get(), () -> check(run));
      }
    } catch (RuntimeException e) {
      failure = failed(now, name, run, e);
    } finally {
      running.remove(name, run);
    }
    if (result != null) {
      run.done.complete(result);
    } else {
      run.done.completeExceptionally(failure == null ? Landed.stopping() : failure.toException());
    }
    look();
  }

  private void check(Run run) {
    if (run.stopped || closing) {
      throw Landed.stopping();
    }
  }

  private Problem failed(Opened now, String name, Run run, RuntimeException e) {
    if (closing || run.stopped) {
      return Landed.stopping().problem();
    }
    Problem problem = Work.problem(e);
    try {
      now.work().failed(name, problem);
      Optional<DerivedTable> table = now.log().find(name);
      if (run.once && table.isPresent()) {
        now.work().takeBack(table.get());
      }
    } catch (RuntimeException unwritten) {
      LOG.warn("that {} failed cannot be written down", name, unwritten);
    }
    return problem;
  }

  /**
   * Makes one and begins to fill it; nothing is done with it before it is made.
   *
   * @param making defines it
   * @param once whether it is to be gone if it cannot be filled at once
   * @return done when it is filled; fails with what failed
   * @throws ProblemException if it cannot be made
   */
  CompletableFuture<DerivedTable> make(
      Opened now, String name, boolean once, Supplier<DerivedTable> making) {
    Run run = new Run(once);
    if (running.putIfAbsent(name, run) != null) {
      throw TableMaker.taken("'" + name + "' is being made or refreshed");
    }
    try {
      var unused = making.get();
    } catch (RuntimeException e) {
      running.remove(name, run);
      throw e;
    }
    start(now, name, run);
    return run.done;
  }

  /**
   * Waits until one is filled.
   *
   * @return how it stands, or empty if that takes longer, while it goes on
   * @throws ProblemException what failed
   */
  static Optional<DerivedTable> await(CompletableFuture<DerivedTable> filling, Duration atMost) {
    try {
      return Optional.of(filling.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException goesOn) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ProblemException known
          ? known
          : new IllegalStateException("the table was not filled", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Landed.stopping();
    }
  }

  /** Has one refreshed now, or behind the refresh that runs. */
  void ask(String name) {
    asked.add(name);
    look();
  }

  /** Writes down that one is to end, and stops what is done with it. */
  void end(Opened now, String name) {
    DerivedTable ending =
        now.log().change(name, changed -> changed.setState(DerivedState.ENDING).setNextAt(null));
    stop(now, name);
    asked.remove(ending.getName());
    look();
  }

  private void stop(Opened now, String name) {
    Run run = running.get(name);
    if (run != null) {
      run.stopped = true;
      now.log()
          .find(name)
          .filter(table -> table.getAttempt() != null)
          .ifPresent(
              table -> {
                var unused = sql.cancel(Refresher.queryId(table), Refresher.caller(table));
              });
    }
  }

  /** Waits until one has ended, or is gone. */
  void awaitEnd(Opened now, String name, Duration atMost) {
    long until = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < until
        && now.log()
            .find(name)
            .filter(table -> table.getState() == DerivedState.ENDING)
            .isPresent()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  boolean isRunning(String name) {
    return running.containsKey(name);
  }

  /** Those that are failing, each with its reason. */
  static List<String> failing(DerivedLog log) {
    return log.all().stream()
        .filter(table -> table.getState() != DerivedState.ENDED && table.getFailures() > 0)
        .map(table -> table.getName() + ": " + Work.reason(table))
        .toList();
  }

  @Override
  public void close() {
    closing = true;
    looks.shutdownNow();
    Opened now = opened;
    if (now != null) {
      List.copyOf(running.keySet()).forEach(name -> stop(now, name));
    }
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("a refresh does not end");
      }
      if (!looks.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.debug("still reading what is defined");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Opened last = opened;
    if (last != null) {
      last.log().close();
      last.lineage().close();
    }
  }
}
