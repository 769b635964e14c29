package dev.lakehouse.query.key;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys in one SQLite file, synced at every change; several processes may have it open. Safe for
 * use by many threads.
 */
final class KeyStore implements AutoCloseable {
  private static final int PATIENCE_MS = 5_000;

  private final Connection connection;

  /** A key and its hash. */
  record Kept(KeyEntry entry, String hash) {}

  /**
   * @throws SQLException if it cannot be opened
   */
  KeyStore(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + PATIENCE_MS);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, principal TEXT NOT NULL, hash TEXT"
              + " NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, expires_at"
              + " INTEGER, revoked_at INTEGER, last_used_at INTEGER)");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A number that is another once another process has changed something. */
  synchronized long version() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA data_version")) {
      return rows.getLong(1);
    }
  }

  /** Every key by its id, the oldest first. */
  synchronized Map<String, Kept> all() throws SQLException {
    Map<String, Kept> all = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, principal, hash, created_at, created_by, expires_at, revoked_at,"
                    + " last_used_at FROM keys ORDER BY created_at, id")) {
      while (rows.next()) {
        KeyEntry entry =
            new KeyEntry(
                rows.getString("id"),
                rows.getString("principal"),
                Instant.ofEpochMilli(rows.getLong("created_at")),
                rows.getString("created_by"),
                instant(rows, "expires_at"),
                instant(rows, "revoked_at"),
                instant(rows, "last_used_at"));
        all.put(entry.id(), new Kept(entry, rows.getString("hash")));
      }
    }
    return all;
  }

  private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
    long millis = rows.getLong(column);
    return rows.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  synchronized void add(KeyEntry entry, String hash) throws SQLException {
    try (PreparedStatement insert = insert(entry, hash)) {
      insert.executeUpdate();
    }
  }

  /** Adds a key and has another end, both or neither. */
  synchronized void replace(KeyEntry former, KeyEntry entry, String hash) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert = insert(entry, hash);
        PreparedStatement end =
            connection.prepareStatement(
                "UPDATE keys SET expires_at = ? WHERE id = ? AND revoked_at IS NULL")) {
      insert.executeUpdate();
      set(end, 1, former.expiresAt());
      end.setString(2, former.id());
      end.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private PreparedStatement insert(KeyEntry entry, String hash) throws SQLException {
    PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO keys (id, principal, hash, created_at, created_by, expires_at) VALUES (?,"
                + " ?, ?, ?, ?, ?)");
    insert.setString(1, entry.id());
    insert.setString(2, entry.principal());
    insert.setString(3, hash);
    insert.setLong(4, entry.createdAt().toEpochMilli());
    insert.setString(5, entry.createdBy());
    set(insert, 6, entry.expiresAt());
    return insert;
  }

  private static void set(PreparedStatement statement, int at, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(at, Types.INTEGER);
    } else {
      statement.setLong(at, time.toEpochMilli());
    }
  }

  synchronized void revoke(String id, Instant time) throws SQLException {
    update("UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", id, time);
  }

  synchronized void used(String id, Instant time) throws SQLException {
    update("UPDATE keys SET last_used_at = ? WHERE id = ?", id, time);
  }

  private void update(String sql, String id, Instant time) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, time.toEpochMilli());
      update.setString(2, id);
      update.executeUpdate();
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the keys cannot be closed", e);
    }
  }
}
