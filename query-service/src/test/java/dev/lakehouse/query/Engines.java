package dev.lakehouse.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.embedded.StandaloneTrino;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Both engines on the same tables, Trino through the catalog's door. */
final class Engines implements AutoCloseable {
  /** Where the build unpacked Trino. */
  private static final Path HOME =
      Path.of(System.getProperty("lakehouse.trino.home", "target/trino"));

  final Lake duck;
  final StandaloneTrino server;
  final Lake trino;

  Engines(Path directory) {
    Path data = made(directory.resolve("lake"));
    duck = Lake.in(data);
    // It ends before the second compiler's work pays.
    server =
        StandaloneTrino.start(
            HOME,
            directory.resolve("trino"),
            duck.uri("/iceberg"),
            "1G",
            "-XX:TieredStopAtLevel=1",
            "-XX:MetaspaceSize=256m");
    trino = Lake.in(data, Map.of("query.engine", "trino", "query.trino.url", server.url()));
  }

  /** Why there is no Trino here; empty if there is one. */
  static Optional<String> missing() {
    return StandaloneTrino.missing(HOME);
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is different between the engines' answers to a statement; empty if nothing is. */
  List<String> differences(String line) {
    boolean refused = line.startsWith("refused|");
    String sql = refused ? line.substring("refused|".length()) : line;
    Map<String, Object> body = Map.of("sql", sql, "limit", 100_000);
    JsonNode one = Lake.json(duck.post(body));
    JsonNode other = Lake.json(trino.post(body));
    boolean same;
    if (refused) {
      same = one.has("rows") && other.path("status").asInt() == 400;
    } else if (one.has("rows") && other.has("rows")) {
      same = Answers.rows(sql, one).equals(Answers.rows(sql, other));
    } else {
      same =
          one.path("status").asInt() == other.path("status").asInt()
              && one.path("status").asInt() == 400;
    }
    return same ? List.of() : List.of(sql + "\n  duckdb " + one + "\n  trino " + other);
  }

  @Override
  public void close() {
    trino.close();
    server.close();
    duck.close();
  }
}
