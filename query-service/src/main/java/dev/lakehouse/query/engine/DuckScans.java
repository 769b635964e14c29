package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.table.Unsupported;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Views over snapshots: the one over all of a dataset's state that was read last stays, an older
 * one, or one over some of the files, goes when the last query that uses it ends.
 */
final class DuckScans {
  private final Connection connection;
  private final Map<DatasetName, Counted> last = new HashMap<>();
  private long made;

  /** A scan and how many queries use it; one more use while it is kept. */
  private static final class Counted {
    final DuckScan scan;
    final Set<String> checkedFiles;
    int uses = 1;

    Counted(DuckScan scan, Set<String> checkedFiles) {
      this.scan = scan;
      this.checkedFiles = checkedFiles;
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

  /** Makes what is missing and holds it for one query. */
  synchronized Lease lease(List<TableSnapshot> snapshots) {
    Lease lease = new Lease();
    try {
      for (TableSnapshot snapshot : snapshots) {
        lease.held.add(snapshot.skipped() == 0 ? whole(snapshot) : make(snapshot));
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
    Counted fresh = make(snapshot);
    fresh.uses++;
    last.put(snapshot.dataset(), fresh);
    if (before != null) {
      release(before);
    }
    return fresh;
  }

  private Counted make(TableSnapshot snapshot) throws SQLException {
    Counted before = last.get(snapshot.dataset());
    Set<String> known = new HashSet<>(snapshot.files());
    snapshot.deletes().equalities().forEach(each -> known.add(each.path()));
    Set<String> unchecked = new HashSet<>(known);
    if (before != null) {
      unchecked.removeAll(before.checkedFiles);
    }
    try (Statement statement = connection.createStatement()) {
      if (!unchecked.isEmpty()) {
        try (ResultSet bare =
            statement.executeQuery(DuckText.withoutFieldIds(List.copyOf(unchecked)))) {
          if (bare.next()) {
            throw Unsupported.table(snapshot.dataset(), "it has a file without field ids");
          }
        }
      }
      List<String> metadata =
          snapshot.columnNames().stream().filter(MetadataColumns::contains).toList();
      DuckScan scan = new DuckScan(snapshot, snapshot.dataset() + "#" + made++, metadata);
      statement.execute(DuckText.createView(scan, false));
      statement.execute(DuckText.createView(scan, true));
      return new Counted(scan, Set.copyOf(known));
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
