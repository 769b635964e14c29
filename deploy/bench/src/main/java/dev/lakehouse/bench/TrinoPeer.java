package dev.lakehouse.bench;

import dev.lakehouse.embedded.StandaloneTrino;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Trino on the product's tables, asked over its own driver; or nothing in its place. */
final class TrinoPeer implements AutoCloseable {
  private final @Nullable StandaloneTrino server;
  private final @Nullable Connection connection;

  private TrinoPeer(@Nullable StandaloneTrino server, @Nullable Connection connection) {
    this.server = server;
    this.connection = connection;
  }

  static TrinoPeer none() {
    return new TrinoPeer(null, null);
  }

  /**
   * Starts a server over the stack's catalog.
   *
   * @param home where Trino is unpacked
   */
  static TrinoPeer start(Path home, Stack stack) throws SQLException {
    StandaloneTrino server =
        StandaloneTrino.start(
            home, stack.data().resolveSibling("trino"), URI.create(stack.door().uri()), "2G");
    try {
      Properties properties = new Properties();
      properties.setProperty("user", "bench");
      String address = server.url().replace("http://", "jdbc:trino://") + "/lake/lake";
      return new TrinoPeer(server, DriverManager.getConnection(address, properties));
    } catch (SQLException e) {
      server.close();
      throw e;
    }
  }

  Optional<Connection> connection() {
    return Optional.ofNullable(connection);
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
