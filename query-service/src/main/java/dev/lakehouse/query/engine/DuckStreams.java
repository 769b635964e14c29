package dev.lakehouse.query.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.duckdb.DuckDBConnection;

/**
 * Connections whose results flow instead of being held. That is a setting of the connection, so
 * they are made before settings are locked, and used again and again.
 */
final class DuckStreams {
  private final BlockingQueue<Connection> free;

  /** A connection of these; closing gives it back. */
  final class Stream implements AutoCloseable {
    private final Connection connection;

    Stream(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return connection;
    }

    @Override
    public void close() {
      free.add(connection);
    }
  }

  DuckStreams(DuckDBConnection root, int count) throws SQLException {
    free = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      DuckDBConnection connection = root.duplicate();
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION jdbc_stream_results = true");
      }
      free.add(connection);
    }
  }

  /** A free one, or empty if all are in use. */
  Optional<Stream> take() {
    return Optional.ofNullable(free.poll()).map(Stream::new);
  }

  void close() throws SQLException {
    Connection connection = free.poll();
    while (connection != null) {
      connection.close();
      connection = free.poll();
    }
  }
}
