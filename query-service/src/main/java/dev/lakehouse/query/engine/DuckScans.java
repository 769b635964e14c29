package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Views over snapshots: the one over all of a dataset's state that was read last stays, an older
 * one, or one over some of the files, goes when the last query that uses it ends.
 */
final class DuckScans {
  private final Connection connection;
  private final Map<DatasetName, Counted> last = new HashMap<>();
  private final Map<DatasetName, DuckFiles> files = new HashMap<>();
  private long made;

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

  /**
   * Makes what is missing and holds it for one query.
   *
   * @param metadata whether the query names metadata columns
   */
  synchronized Lease lease(List<TableSnapshot> snapshots, boolean metadata) {
    Lease lease = new Lease();
    try {
      for (TableSnapshot snapshot : snapshots) {
        lease.held.add(snapshot.skipped() == 0 ? whole(snapshot) : make(snapshot, metadata));
      }
      return lease;
    } catch (SQLException e) {
      lease.close();
      throw new IllegalStateException("cannot make a scan", e);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
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

  /**
   * @param metadata whether also with metadata columns
   */
  private Counted make(TableSnapshot snapshot, boolean metadata) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      DuckFiles known = files.computeIfAbsent(snapshot.dataset(), fresh -> new DuckFiles());
      known.look(snapshot, statement);
      List<String> columns =
          snapshot.columnNames().stream().filter(MetadataColumns::contains).toList();
      DuckScan scan =
          new DuckScan(snapshot, snapshot.dataset() + "#" + made++, columns, known.alike(snapshot));
      statement.execute(DuckText.createView(scan, false));
      if (metadata) {
        statement.execute(DuckText.createView(scan, true));
      }
      return new Counted(scan);
    }
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
  }
}
