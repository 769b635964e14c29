package dev.lakehouse.query.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.query.Lake;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine itself refuses, should SQL ever reach it past the guard. */
class LockDownIT {
  @TempDir Path directory;
  private DuckEngine engine;
  private Path secret;

  @BeforeEach
  void start() throws Exception {
    LakehouseConfig config = Lake.config(directory.resolve("data"), Map.of());
    engine = DuckEngine.start(config);
    secret = Files.writeString(directory.resolve("secret.csv"), "a\n1\n");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET threads = 9",
        "SET memory_limit = '100GB'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "SET integer_division = false",
        "RESET ALL",
        "RESET threads",
        "PRAGMA memory_limit = '1TB'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "ATTACH '{dir}/other.db'",
        "COPY (SELECT 1) TO '{dir}/out.csv'",
        "SELECT * FROM '{dir}/secret.csv'",
        "SELECT * FROM read_csv('{dir}/secret.csv')",
        "SELECT * FROM read_text('{dir}/secret.csv')",
        "SELECT * FROM read_text('{dir}/data/warehouse/../../secret.csv')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_text('{dir}/data/catalog.db')",
      })
  void refuses(String sql) throws Exception {
    try (Connection connection = engine.bareConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql.replace("{dir}", directory.toString())))
          .isInstanceOf(SQLException.class);
    }
    assertThat(secret).exists();
    assertThat(directory.resolve("out.csv")).doesNotExist();
    assertThat(directory.resolve("other.db")).doesNotExist();
  }

  @Test
  void aZoneIsOfItsConnectionAlone() throws Exception {
    try (Connection one = engine.bareConnection();
        Connection other = engine.bareConnection();
        Statement first = one.createStatement();
        Statement second = other.createStatement()) {
      first.execute("SET SESSION TimeZone = 'Asia/Tokyo'");
      try (ResultSet zone = second.executeQuery("SELECT current_setting('TimeZone')")) {
        assertThat(zone.next()).isTrue();
        assertThat(zone.getString(1)).isEqualTo("UTC");
      }
    }
  }

  @Test
  void findsNoFilesOutside() throws Exception {
    try (Connection connection = engine.bareConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> {
                try (ResultSet files =
                    statement.executeQuery("SELECT * FROM glob('" + directory + "/*')")) {
                  assertThat(files.next()).isFalse();
                  throw new SQLException("nothing found, which is as good");
                }
              })
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void worksInUtcWithIntegerDivision() throws Exception {
    try (Connection connection = engine.bareConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('TimeZone'), 7 / 2, current_setting('threads'),"
                    + " current_setting('temp_directory'), current_setting('memory_limit')")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("UTC");
      assertThat(row.getInt(2)).isEqualTo(3);
      assertThat(row.getInt(3)).isEqualTo(2);
      assertThat(row.getString(4)).startsWith(directory.resolve("data").toString());
      assertThat(row.getString(5)).isEqualTo("512.0 MiB");
    }
  }
}
