package dev.lakehouse.query.derived;

import dev.lakehouse.query.guard.Freshness;
import dev.lakehouse.query.sql.SqlService;
import dev.lakehouse.schemas.event.DerivedRefresh;
import dev.lakehouse.schemas.event.DerivedSource;
import dev.lakehouse.schemas.event.DerivedState;
import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Checks what is to be a derived table, and makes it. One after the other. */
final class Definitions {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final DerivedLog log;
  private final SqlService sql;
  private final TableMaker maker;
  private final Clock clock;

  Definitions(DerivedLog log, SqlService sql, TableMaker maker, Clock clock) {
    this.log = log;
    this.sql = sql;
    this.maker = maker;
    this.clock = clock;
  }

  /**
   * The legal name.
   *
   * @throws ProblemException 400 {@code bad_dataset_name}
   */
  static DatasetName name(String said) {
    if (!DatasetName.isLegal(said)) {
      throw Problem.of(
              400,
              "bad_dataset_name",
              "The name is not right",
              "'" + said + "' is not a dataset name")
          .hint("it starts with a letter a-z and has at most 100 of a-z, 0-9 and _")
          .toException();
    }
    return new DatasetName(said);
  }

  /** In which the query of a definition reads clocks. */
  static ZoneId zone(String name) {
    return name.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(name);
  }

  /**
   * Writes the definition down and makes its table.
   *
   * @param zone in which the query reads clocks
   * @throws ProblemException whatever is wrong with it
   * @throws RuntimeException if broker, registry or catalog fail; then there is none
   */
  synchronized DerivedTable define(
      String said, String query, Freshness freshness, String zone, Caller caller) {
    DatasetName name = name(said);
    List<DatasetName> sources = sql.sources(query);
    refuseCycle(name, sources);
    check(freshness, sources);
    if (log.find(said).filter(known -> known.getState() != DerivedState.ENDED).isPresent()) {
      throw TableMaker.taken("'" + name + "' is a derived table");
    }
    maker.refuseTaken(name);
    String id = UUID.randomUUID().toString();
    Columns columns = Columns.of(name, sql.columns(query, zone(zone), caller, id));
    DerivedTable definition = definition(id, name, query, freshness, zone, caller, sources);
    log.write(definition);
    try {
      String tableId = maker.make(definition, columns);
      return log.change(said, table -> table.setTableId(tableId));
    } catch (RuntimeException e) {
      log.forget(said);
      throw e;
    }
  }

  private DerivedTable definition(
      String id,
      DatasetName name,
      String query,
      Freshness freshness,
      String zone,
      Caller caller,
      List<DatasetName> sources) {
    Instant now = clock.instant();
    return DerivedTable.newBuilder()
        .setId(id)
        .setName(name.value())
        .setSql(query)
        .setTimeZone(zone)
        .setRefresh(kind(freshness))
        .setEveryMs(freshness instanceof Freshness.Every every ? every.period().toMillis() : 0)
        .setState(DerivedState.ACTIVE)
        .setTableId("")
        .setActor(caller.principal())
        .setCreatedAt(now)
        .setSources(sources.stream().map(source -> new DerivedSource(source.value(), "")).toList())
        .setUpdatedAt(now)
        .build();
  }

  private static DerivedRefresh kind(Freshness freshness) {
    if (freshness instanceof Freshness.Once) {
      return DerivedRefresh.ONCE;
    } else if (freshness instanceof Freshness.Every) {
      return DerivedRefresh.SCHEDULE;
    }
    return freshness instanceof Freshness.OnCommit
        ? DerivedRefresh.ON_COMMIT
        : DerivedRefresh.ON_DEMAND;
  }

  private static void check(Freshness freshness, List<DatasetName> sources) {
    if (freshness instanceof Freshness.Every every && every.period().compareTo(SHORTEST) < 0) {
      throw bad("the shortest period is " + SHORTEST.toSeconds() + " s");
    } else if (freshness instanceof Freshness.OnCommit && sources.isEmpty()) {
      throw bad("the query reads no dataset whose commits it could follow");
    }
  }

  private static ProblemException bad(String why) {
    return Problem.of(400, "bad_refresh", "It cannot be refreshed like this", why).toException();
  }

  /** A table that is made of itself, also by way of others, would never be done. */
  private void refuseCycle(DatasetName name, List<DatasetName> sources) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(sources.stream().map(DatasetName::value).toList());
    while (!open.isEmpty()) {
      String each = open.pop();
      if (each.equals(name.value())) {
        throw Problem.of(
                409,
                "derived_cycle",
                "The table would be made of itself",
                "'"
                    + name
                    + "' is read by its own query"
                    + (seen.isEmpty() ? "" : ", by way of " + String.join(", ", seen)))
            .toException();
      }
      if (seen.add(each)) {
        Optional<DerivedTable> known =
            log.find(each).filter(table -> table.getState() != DerivedState.ENDED);
        known.ifPresent(
            table -> table.getSources().forEach(source -> open.push(source.getDataset())));
      }
    }
  }
}
