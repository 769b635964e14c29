package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.name.DatasetName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables in DuckDB's memory, each in segments: one for what was read first, further ones for what
 * was appended since, until there are too many and the last are made one. Views over them take the
 * place of those over files, and a segment stays until the last view over it goes.
 */
final class DuckMemory implements TableMemory {
  private static final Logger LOG = LoggerFactory.getLogger(DuckMemory.class);

  /** Files of one INSERT; then what came of them is compressed. */
  private static final int FILES_AT_ONCE = 16;

  private static final int MOST_SEGMENTS = 8;

  /** How the names of the databases begin; no query can name them. */
  static final String NAME = "memory#";

  private final Connection connection;
  private final DuckScans scans;
  private long made;
  private long freed;

  /**
   * @param connection its own, closed with it
   */
  DuckMemory(Connection connection, DuckScans scans) {
    this.connection = connection;
    this.scans = scans;
  }

  @Override
  public void tell(Uses uses) {
    scans.tell(uses);
  }

  @Override
  public boolean holds(TableSnapshot table) {
    return scans.kept(table.dataset()).filter(kept -> table.isStateOf(kept.snapshot())).isPresent();
  }

  @Override
  public void evict(DatasetName dataset) {
    scans.drop(dataset);
  }

  @Override
  public boolean free() {
    for (DuckSegment segment : scans.takeUnused()) {
      detach(segment.database());
      freed += segment.bytes();
    }
    return scans.haveNoneInMemory();
  }

  @Override
  public Optional<Held> load(TableSnapshot table, Room room, Stop stop) {
    Attached attached = new Attached();
    try (DuckScans.Lease held = scans.hold(table.dataset())) {
      DuckScan begun =
          held.scans().stream()
              .filter(kept -> isBegunBy(table, kept.snapshot()))
              .findFirst()
              .orElse(null);
      if (begun == null) {
        held.close();
        evict(table.dataset());
        free();
      }
      List<DuckSegment> segments = segments(table, begun, room, stop, attached);
      stop.check();
      if (segments.isEmpty()) {
        return Optional.empty();
      }
      scans.keep(table, segments);
      attached.kept(segments);
      return Optional.of(
          new Held(
              segments.stream().mapToLong(DuckSegment::rows).sum(),
              segments.stream().mapToLong(DuckSegment::bytes).sum()));
    } catch (SQLException e) {
      throw stop.or(
          Problem.of(
                  500,
                  "cache_load_failed",
                  "The table was not loaded",
                  DuckErrors.withoutPlaces(DuckErrors.firstLine(e)))
              .toException());
    } finally {
      stop.onRequest(() -> {});
      attached.close();
      free();
    }
  }

  /** Databases made by one load; closing drops those that are not kept. */
  private final class Attached implements AutoCloseable {
    private final Set<String> databases = new HashSet<>();

    void kept(List<DuckSegment> segments) {
      segments.forEach(segment -> databases.remove(segment.database()));
    }

    @Override
    public void close() {
      databases.forEach(DuckMemory.this::detach);
    }
  }

  /** Whether the table's rows are those of an older state, and those of further files. */
  private static boolean isBegunBy(TableSnapshot table, TableSnapshot older) {
    return table.incarnation().equals(older.incarnation())
        && table.deletes().equals(older.deletes())
        && new HashSet<>(table.files()).containsAll(older.files())
        && table.schema().columns().stream().allMatch(column -> has(older, column));
  }

  private static boolean has(TableSnapshot table, NestedField column) {
    NestedField held = table.schema().findField(column.fieldId());
    return held != null && held.type().equals(column.type());
  }

  /** All segments of the table, or none if there is no room. */
  private List<DuckSegment> segments(
      TableSnapshot table, @Nullable DuckScan begun, Room room, Stop stop, Attached attached)
      throws SQLException {
    List<DuckSegment> segments = new ArrayList<>(begun == null ? List.of() : begun.segments());
    Set<String> read = Set.copyOf(begun == null ? List.of() : begun.snapshot().files());
    List<String> files = table.files().stream().filter(file -> !read.contains(file)).toList();
    if (segments.isEmpty() || !files.isEmpty()) {
      long bytes = segments.stream().mapToLong(DuckSegment::bytes).sum();
      DuckSegment added = read(table, files, size -> room.has(bytes + size), stop, attached);
      if (added == null) {
        return List.of();
      }
      segments.add(added);
    }
    return List.copyOf(
        segments.size() > MOST_SEGMENTS ? merged(table, segments, stop, attached) : segments);
  }

  private @Nullable DuckSegment read(
      TableSnapshot table, List<String> files, Room room, Stop stop, Attached attached)
      throws SQLException {
    long before = bytes();
    String database = attach(table, attached);
    long rows = 0;
    for (int from = 0; from < files.size(); from += FILES_AT_ONCE) {
      List<String> some = files.subList(from, Math.min(from + FILES_AT_ONCE, files.size()));
      try (DuckScans.Lease part = scans.fromFiles(table.only(List.copyOf(some)))) {
        rows +=
            update(
                "INSERT INTO "
                    + DuckSegment.table(database)
                    + " SELECT * FROM "
                    + DuckText.scan(part.scans().get(0), true),
                stop);
      }
      compress(database, stop);
      if (!room.has(Math.max(0, bytes() - before))) {
        return null;
      }
    }
    return new DuckSegment(database, table.schema(), rows, Math.max(0, bytes() - before));
  }

  /** The last segments as one, so many that the one is no smaller than half of what is before. */
  private List<DuckSegment> merged(
      TableSnapshot table, List<DuckSegment> segments, Stop stop, Attached attached)
      throws SQLException {
    int from = segments.size() - 1;
    long rows = segments.get(from).rows();
    while (from > 0 && segments.get(from - 1).rows() <= 2 * rows) {
      rows += segments.get(--from).rows();
    }
    if (from == segments.size() - 1) {
      from--;
    }
    List<DuckSegment> last = segments.subList(from, segments.size());
    long before = bytes();
    String database = attach(table, attached);
    long copied =
        update(
            "INSERT INTO "
                + DuckSegment.table(database)
                + " "
                + DuckText.fromSegments(last, table.schema().columns()),
            stop);
    compress(database, stop);
    List<DuckSegment> merged = new ArrayList<>(segments.subList(0, from));
    merged.add(new DuckSegment(database, table.schema(), copied, Math.max(0, bytes() - before)));
    return merged;
  }

  private String attach(TableSnapshot table, Attached attached) throws SQLException {
    String database = NAME + made++;
    try (Statement statement = connection.createStatement()) {
      statement.execute("ATTACH ':memory:' AS " + DuckText.identifier(database) + " (COMPRESS)");
      attached.databases.add(database);
      statement.execute(DuckText.createTable(DuckSegment.table(database), table));
    }
    return database;
  }

  private void detach(String database) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DETACH " + DuckText.identifier(database));
    } catch (SQLException e) {
      LOG.error("a table's memory is not freed", e);
    }
  }

  private long update(String sql, Stop stop) throws SQLException {
    stop.check();
    try (Statement statement = connection.createStatement()) {
      stop.onRequest(() -> cancel(statement));
      return statement.executeLargeUpdate(sql);
    }
  }

  private void compress(String database, Stop stop) throws SQLException {
    stop.check();
    try (Statement statement = connection.createStatement()) {
      stop.onRequest(() -> cancel(statement));
      statement.execute("CHECKPOINT " + DuckText.identifier(database));
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.debug("the load ended while it was cancelled", e);
    }
  }

  /** What all tables in memory ever took: what was freed counts on. */
  private long bytes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet all =
            statement.executeQuery(
                "SELECT memory_usage_bytes + temporary_storage_bytes FROM duckdb_memory() WHERE tag"
                    + " = 'IN_MEMORY_TABLE'")) {
      return freed + (all.next() ? all.getLong(1) : 0);
    }
  }

  void close() throws SQLException {
    connection.close();
  }
}
