package dev.lakehouse.query.derived;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.query.sql.SqlService;
import dev.lakehouse.schemas.event.DerivedRefresh;
import dev.lakehouse.schemas.event.DerivedSource;
import dev.lakehouse.schemas.event.DerivedState;
import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is to be done with one derived table next, and writes down what came of it. */
final class Work {
  private static final Logger LOG = LoggerFactory.getLogger(Work.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DerivedLog log;
  private final LineageLog lineage;
  private final Refresher refresher;
  private final TableMaker maker;
  private final SqlService sql;
  private final DerivedMetrics metrics;
  private final Clock clock;

  Work(
      DerivedLog log,
      LineageLog lineage,
      Refresher refresher,
      TableMaker maker,
      SqlService sql,
      DerivedMetrics metrics,
      Clock clock) {
    this.log = log;
    this.lineage = lineage;
    this.refresher = refresher;
    this.maker = maker;
    this.sql = sql;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Ends it, goes on with a refresh of before a crash, or refreshes it.
   *
   * @param check throws if the work is to stop
   * @return how it stands then
   * @throws RuntimeException what failed; {@link #failed} is to be told of it
   */
  DerivedTable goOn(DerivedTable table, Landed.Check check) {
    if (table.getState() == DerivedState.ENDING) {
      return end(table, check);
    }
    DerivedTable filled = table;
    Optional<Refresher.Done> done = refresher.done(table);
    if (done.isPresent()) {
      filled = completed(table, done.get());
    } else if (table.getRefresh() != DerivedRefresh.ONCE || table.getGeneration() == null) {
      filled = refreshed(made(table), check);
    }
    if (filled.getRefresh() != DerivedRefresh.ONCE) {
      return filled;
    }
    if (maker.find(filled).isPresent()) {
      refresher.releaseFilled(filled);
    }
    return log.change(filled.getName(), ended -> ended.setState(DerivedState.ENDED));
  }

  private DerivedTable end(DerivedTable table, Landed.Check check) {
    if (maker.find(table).isPresent()) {
      refresher.release(table, check);
    } else if (!maker.isThere(table)) {
      log.forget(table.getName());
      return table;
    }
    return log.change(
        table.getName(),
        ended ->
            ended
                .setState(DerivedState.ENDED)
                .setAttempt(null)
                .setFailures(0)
                .setError(null)
                .setNextAt(null));
  }

  /** Makes what the process that wrote the definition down did not come to make. */
  private DerivedTable made(DerivedTable table) {
    if (!table.getTableId().isEmpty()) {
      return table;
    }
    Columns columns =
        Columns.of(
            new DatasetName(table.getName()),
            sql.columns(
                table.getSql(),
                Definitions.zone(table.getTimeZone()),
                Refresher.caller(table),
                table.getId()));
    String tableId = maker.make(table, columns);
    return log.change(table.getName(), changed -> changed.setTableId(tableId));
  }

  private DerivedTable refreshed(DerivedTable table, Landed.Check check) {
    long started = System.nanoTime();
    Instant now = clock.instant();
    DerivedTable begun =
        log.change(
            table.getName(),
            changed -> changed.setAttempt(UUID.randomUUID().toString()).setAttemptAt(now));
    lineage.started(begun);
    DerivedTable completed = completed(begun, refresher.refresh(begun, check));
    metrics.ended("ok", completed.getRows(), Duration.ofNanos(System.nanoTime() - started));
    return completed;
  }

  private DerivedTable completed(DerivedTable begun, Refresher.Done done) {
    DerivedTable completed =
        log.change(
            begun.getName(),
            changed ->
                changed
                    .setGeneration(begun.getAttempt())
                    .setGenerationAt(begun.getAttemptAt())
                    .setRefreshedAt(clock.instant())
                    .setRows(done.rows())
                    .setSources(
                        done.sources().entrySet().stream()
                            .map(each -> new DerivedSource(each.getKey(), each.getValue()))
                            .toList())
                    .setAttempt(null)
                    .setFailures(0)
                    .setError(null)
                    .setNextAt(null));
    lineage.completed(completed);
    return completed;
  }

  /** Writes down that the work failed, and when it is tried again. */
  void failed(String name, Problem problem) {
    Optional<DerivedTable> had = log.find(name);
    if (had.isEmpty()) {
      return;
    }
    int failures = had.get().getFailures() + 1;
    Instant now = clock.instant();
    if (failures == 1) {
      LOG.info("{} is not refreshed: {}", name, problem.detail());
    }
    metrics.ended(problem.code(), 0, Duration.ZERO);
    DerivedTable failed =
        log.change(
            name,
            changed ->
                changed
                    .setAttempt(null)
                    .setFailures(failures)
                    .setError(json(problem))
                    .setFailedAt(now)
                    .setNextAt(now.plus(Due.pauseAfter(failures))));
    String attempt = had.get().getAttempt();
    if (attempt != null) {
      lineage.failed(failed, attempt, problem);
    }
  }

  /** Takes back what was asked for and failed at once, as if it had never been. */
  void takeBack(DerivedTable table) {
    maker.drop(table);
    log.forget(table.getName());
  }

  private static String json(Problem problem) {
    try {
      return JSON.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is no JSON", e);
    }
  }

  /** What failed last, in words. */
  static String reason(DerivedTable table) {
    try {
      return table.getError() == null
          ? ""
          : JSON.readTree(table.getError()).path("detail").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is no JSON", e);
    }
  }

  /** What failed, for those who asked. */
  static Problem problem(RuntimeException failure) {
    if (failure instanceof ProblemException known) {
      return known.problem();
    } else if (failure instanceof Swap.DisturbedException) {
      return Problem.of(
              409,
              "derived_disturbed",
              "The table has other rows than its query",
              String.valueOf(failure.getMessage()))
          .hint("nobody else should write to it; quarantined rows are listed with the dataset");
    } else if (failure instanceof KafkaException) {
      return unavailable("broker_unavailable", "The broker does not answer", failure);
    } else if (failure instanceof RegistryException) {
      return unavailable("registry_unavailable", "The schema registry does not answer", failure);
    }
    LOG.error("a derived table is not refreshed", failure);
    return unavailable("refresh_failed", "The refresh failed", failure);
  }

  private static Problem unavailable(String code, String title, RuntimeException failure) {
    return Problem.of(503, code, title, String.valueOf(failure.getMessage()))
        .hint("it is tried again");
  }
}
