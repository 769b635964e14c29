package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Views over snapshots: the one over all of a dataset's state that was read last stays, and so do
 * those over some of the files that were used last; any other goes when the last query that uses it
 * ends. Where a state is in memory, the view over that is used.
 */
final class DuckScans {
  /** Views over some of the files that are kept, of all datasets together. */
  private static final int MOST_PARTS = 64;

  /** Views over more files are not kept. */
  private static final int MOST_FILES = 1_000;

  private final Connection connection;
  private final Map<Part, Counted> parts = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<DatasetName, Counted> last = new HashMap<>();
  private final Map<DatasetName, Counted> inMemory = new HashMap<>();
  private final Map<DuckSegment, Integer> segments = new HashMap<>();
  private final List<DuckSegment> unused = new ArrayList<>();
  private final Map<DatasetName, DuckFiles> files = new HashMap<>();
  private TableMemory.Uses uses = (table, fromMemory) -> {};
  private long made;

  /** Some of the files of a state. */
  private record Part(DatasetName dataset, String location, List<String> files, boolean metadata) {}

  /** A scan and how many queries use it; one more use while it is kept. */
  private static final class Counted {
    final DuckScan scan;
    int uses = 1;

    Counted(DuckScan scan) {
      this.scan = scan;
    }
  }

  /** What one query holds; to be closed when it ends. */
  final class Lease implements AutoCloseable {
    private final List<Counted> held = new ArrayList<>();

    /** In the order of the query's tables. */
    List<DuckScan> scans() {
      return held.stream().map(counted -> counted.scan).toList();
    }

    @Override
    public void close() {
      synchronized (DuckScans.this) {
        held.forEach(DuckScans.this::release);
        held.clear();
      }
    }
  }

  /**
   * @param connection its own, used under a lock
   */
  DuckScans(Connection connection) {
    this.connection = connection;
  }

  /** Whom to tell which tables are read, and whether from memory. */
  synchronized void tell(TableMemory.Uses told) {
    uses = told;
  }

  /**
   * Makes what is missing and holds it for one query.
   *
   * @param metadata whether the query names metadata columns
   */
  synchronized Lease lease(List<TableSnapshot> snapshots, boolean metadata) {
    return held(
        lease -> {
          for (TableSnapshot snapshot : snapshots) {
            lease.held.add(scan(snapshot, metadata));
          }
        });
  }

  private Counted scan(TableSnapshot snapshot, boolean metadata) throws SQLException {
    Counted kept = inMemory.get(snapshot.dataset());
    if (kept != null && snapshot.isStateOf(kept.scan.snapshot())) {
      uses.used(snapshot, true);
      kept.uses++;
      return kept;
    }
    uses.used(snapshot, false);
    if (snapshot.skipped() == 0) {
      return whole(snapshot);
    }
    return snapshot.files().size() > MOST_FILES
        ? make(snapshot, metadata)
        : part(snapshot, metadata);
  }

  /** Makes a scan over files, whatever is in memory, and holds it. */
  synchronized Lease fromFiles(TableSnapshot snapshot) {
    return held(lease -> lease.held.add(make(snapshot, true)));
  }

  private interface Making {
    void of(Lease lease) throws SQLException;
  }

  private Lease held(Making making) {
    Lease lease = new Lease();
    try {
      making.of(lease);
      return lease;
    } catch (SQLException e) {
      lease.close();
      throw new IllegalStateException("cannot make a scan", e);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /** What is in memory of a dataset. */
  synchronized Optional<DuckScan> kept(DatasetName dataset) {
    return Optional.ofNullable(inMemory.get(dataset)).map(counted -> counted.scan);
  }

  /** Holds what is in memory of a dataset, if there is something. */
  synchronized Lease hold(DatasetName dataset) {
    return held(
        lease -> {
          Counted kept = inMemory.get(dataset);
          if (kept != null) {
            kept.uses++;
            lease.held.add(kept);
          }
        });
  }

  /** Whether nothing is in memory, not even for queries that began before it was dropped. */
  synchronized boolean haveNoneInMemory() {
    return inMemory.isEmpty() && segments.isEmpty();
  }

  /** Has queries of exactly this state read these segments, until another takes its place. */
  synchronized void keep(TableSnapshot snapshot, List<DuckSegment> rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Counted fresh = made(snapshot, List.of(), List.copyOf(rows), true, statement);
      rows.forEach(segment -> segments.merge(segment, 1, Integer::sum));
      Counted before = inMemory.put(snapshot.dataset(), fresh);
      if (before != null) {
        release(before);
      }
    }
  }

  /** Has no further query read what is in memory of a dataset. */
  synchronized void drop(DatasetName dataset) {
    Counted before = inMemory.remove(dataset);
    if (before != null) {
      release(before);
    }
  }

  /** The segments that no scan reads any more; each is given once. */
  synchronized List<DuckSegment> takeUnused() {
    List<DuckSegment> taken = List.copyOf(unused);
    unused.clear();
    return taken;
  }

  synchronized void close() throws SQLException {
    connection.close();
  }

  private Counted whole(TableSnapshot snapshot) throws SQLException {
    Counted before = last.get(snapshot.dataset());
    if (before != null && before.scan.snapshot().location().equals(snapshot.location())) {
      before.uses++;
      return before;
    }
    Counted fresh = make(snapshot, true);
    fresh.uses++;
    last.put(snapshot.dataset(), fresh);
    if (before != null) {
      release(before);
    }
    return fresh;
  }

  private Counted part(TableSnapshot snapshot, boolean metadata) throws SQLException {
    Part part = new Part(snapshot.dataset(), snapshot.location(), snapshot.files(), metadata);
    Counted known = parts.get(part);
    if (known == null) {
      known = make(snapshot, metadata);
      parts.put(part, known);
      if (parts.size() > MOST_PARTS) {
        Iterator<Counted> eldest = parts.values().iterator();
        release(eldest.next());
        eldest.remove();
      }
    }
    known.uses++;
    return known;
  }

  /**
   * @param metadata whether also with metadata columns
   */
  private Counted make(TableSnapshot snapshot, boolean metadata) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      DuckFiles known = files.computeIfAbsent(snapshot.dataset(), fresh -> new DuckFiles());
      known.look(snapshot, statement);
      return made(snapshot, known.alike(snapshot), List.of(), metadata, statement);
    }
  }

  private Counted made(
      TableSnapshot snapshot,
      List<DuckScan.Alike> alike,
      List<DuckSegment> rows,
      boolean metadata,
      Statement statement)
      throws SQLException {
    List<String> columns =
        snapshot.columnNames().stream().filter(MetadataColumns::contains).toList();
    DuckScan scan = new DuckScan(snapshot, snapshot.dataset() + "#" + made++, columns, alike, rows);
    statement.execute(DuckText.createView(scan, false));
    if (metadata) {
      statement.execute(DuckText.createView(scan, true));
    }
    return new Counted(scan);
  }

  private void release(Counted counted) {
    if (--counted.uses > 0) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(DuckText.dropView(counted.scan.view()));
      statement.execute(DuckText.dropView(counted.scan.view() + DuckScan.ALL));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop " + counted.scan.view(), e);
    }
    for (DuckSegment segment : counted.scan.segments()) {
      int left = segments.getOrDefault(segment, 1) - 1;
      if (left > 0) {
        segments.put(segment, left);
      } else {
        segments.remove(segment);
        unused.add(segment);
      }
    }
  }
}
