package dev.lakehouse.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The lists of statements that tests go through, one a line. */
public final class SqlLists {
  private SqlLists() {}

  public static List<String> allowed() {
    return lines("/sql/allowed.sql");
  }

  /** Lines {@code code|statement}. */
  public static List<String> refused() {
    return lines("/sql/refused.sql");
  }

  /** Statements, each with the JSON of its rows on the line behind. */
  public static List<String> answered() {
    return lines("/sql/answered.sql");
  }

  /** Statements for both engines; {@code refused|} before those that Trino refuses. */
  public static List<String> engines() {
    return lines("/sql/engines.sql");
  }

  /** Statements of a reader who means ill. */
  public static List<String> attacks() {
    return Stream.of("/sql/attacks.sql", "/sql/attacks-own.sql")
        .flatMap(list -> lines(list).stream())
        .toList();
  }

  private static List<String> lines(String resource) {
    try (InputStream in = SqlLists.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
