package dev.lakehouse.query.derived;

import dev.lakehouse.query.sql.Selection;
import dev.lakehouse.query.sql.SqlService;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.config.DerivedConfig;
import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.kafka.LogEnds;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a derived table anew: waits until all that was ever written to its topic has landed, runs
 * the query, writes its rows, waits until they have landed, and has them shown in place of the
 * former ones. Whatever ends it early leaves the former rows shown; one that begins anew makes good
 * what was left. One at a time for each table.
 */
final class Refresher {
  private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

  private final DerivedConfig config;
  private final SqlService sql;
  private final TableMaker maker;
  private final KafkaClients clients;
  private final LogEnds ends;
  private final Landed landed;

  Refresher(
      DerivedConfig config, SqlService sql, TableMaker maker, KafkaClients clients, Landed landed) {
    this.config = config;
    this.sql = sql;
    this.maker = maker;
    this.clients = clients;
    this.ends = new LogEnds(clients);
    this.landed = landed;
  }

  /**
   * A generation that is shown.
   *
   * @param sources dataset → snapshot id, empty if it had none
   */
  record Done(long rows, Map<String, String> sources) {}

  /** The id of the query that a refresh runs. */
  static String queryId(DerivedTable begun) {
    return "derived-" + begun.getAttempt();
  }

  static Caller caller(DerivedTable begun) {
    return new Caller(begun.getActor(), queryId(begun));
  }

  /**
   * Runs one refresh.
   *
   * @param begun with its attempt written down
   * @param check throws if the refresh is to end
   * @throws ProblemException if the query fails, or its rows do not fit the table
   * @throws Swap.DisturbedException if the table has other rows than it should
   * @throws RuntimeException if broker, registry or catalog fail
   */
  Done refresh(DerivedTable begun, Landed.Check check) {
    DatasetName name = new DatasetName(begun.getName());
    String attempt = Objects.requireNonNull(begun.getAttempt());
    Swap swap = new Swap(table(begun));
    boolean written = false;
    try (GenerationWriter writer =
        GenerationWriter.open(
            clients, name, attempt, Objects.requireNonNull(begun.getAttemptAt()))) {
      settle(name, check);
      Swap.Before before = swap.before();
      Map<String, String> sources;
      long rows;
      try (Selection selection =
          sql.select(
              begun.getSql(),
              Definitions.zone(begun.getTimeZone()),
              config.timeout(),
              caller(begun),
              queryId(begun))) {
        sources = sources(selection.tables());
        Columns columns = Columns.of(name, selection.columns());
        int schemaId = maker.register(name, columns);
        written = true;
        rows = writer.write(selection, columns, schemaId);
      }
      landed.await(name, writer.ends(), check);
      swap.show(attempt, before, rows, text(sources));
      return new Done(rows, sources);
    } catch (RuntimeException e) {
      if (written) {
        clear(name, swap, check);
      }
      throw e;
    }
  }

  private Table table(DerivedTable definition) {
    return maker
        .find(definition)
        .orElseThrow(
            () ->
                Problem.of(
                        404,
                        "dataset_gone",
                        "The dataset is gone",
                        "dataset '" + definition.getName() + "' was dropped or replaced")
                    .hint(
                        "DELETE /catalog/derived/" + definition.getName() + ", and define it anew")
                    .toException());
  }

  /** Waits until all that is on the topic has landed; no writer of before can bring more. */
  private void settle(DatasetName name, Landed.Check check) {
    Map<Integer, Long> next = new TreeMap<>();
    ends.of(Topics.data(name)).forEach((part, end) -> next.put(Integer.valueOf(part), end));
    landed.await(name, new OffsetVector(next), check);
  }

  /** Takes out what a failed refresh has written; the next one would too. */
  private void clear(DatasetName name, Swap swap, Landed.Check check) {
    try {
      settle(name, check);
      swap.restore();
    } catch (RuntimeException e) {
      LOG.info("what a failed refresh of {} has left is taken out by the next", name, e);
    }
  }

  /**
   * Makes the table an ordinary one, with the rows that are shown.
   *
   * @throws RuntimeException if broker or catalog fail: asking again is safe
   */
  void release(DerivedTable definition, Landed.Check check) {
    DatasetName name = new DatasetName(definition.getName());
    Table table = table(definition);
    GenerationWriter.open(clients, name, definition.getId(), definition.getCreatedAt()).close();
    settle(name, check);
    Swap swap = new Swap(table);
    swap.restore();
    swap.release();
  }

  /** The same right behind a refresh, when nothing else can have been written. */
  void releaseFilled(DerivedTable definition) {
    new Swap(table(definition)).release();
  }

  private static Map<String, String> sources(List<TableSnapshot> tables) {
    Map<String, String> sources = new TreeMap<>();
    for (TableSnapshot table : tables) {
      sources.put(
          table.dataset().value(), table.snapshotId() == null ? "" : "" + table.snapshotId());
    }
    return sources;
  }

  private static String text(Map<String, String> sources) {
    StringBuilder text = new StringBuilder();
    sources.forEach(
        (dataset, snapshot) ->
            text.append(text.isEmpty() ? "" : ",").append(dataset).append(':').append(snapshot));
    return text.toString();
  }

  /** What a refresh of before a crash has come to, if its rows are shown. */
  Optional<Done> done(DerivedTable begun) {
    String attempt = begun.getAttempt();
    return attempt == null
        ? Optional.empty()
        : maker
            .find(begun)
            .flatMap(table -> new Swap(table).shown(attempt))
            .map(
                shown ->
                    new Done(
                        Long.parseLong(
                            shown
                                .marked()
                                .summary()
                                .getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0")),
                        read(shown.marked().summary().getOrDefault(Generations.SOURCES, ""))));
  }

  private static Map<String, String> read(String text) {
    Map<String, String> sources = new HashMap<>();
    for (String each : text.split(",", -1)) {
      int colon = each.indexOf(':');
      if (colon > 0) {
        sources.put(each.substring(0, colon), each.substring(colon + 1));
      }
    }
    return sources;
  }
}
