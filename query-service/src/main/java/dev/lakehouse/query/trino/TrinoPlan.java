package dev.lakehouse.query.trino;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Trino's plan of a query, a line for each step; names no file. */
final class TrinoPlan {
  private static final int LONGEST = 300;

  private TrinoPlan() {}

  static List<String> lines(ResultSet plan) throws SQLException {
    List<String> lines = new ArrayList<>();
    while (plan.next()) {
      plan.getString(1)
          .lines()
          .map(TrinoErrors::clean)
          .map(String::stripTrailing)
          .filter(line -> !line.isBlank() && !line.startsWith("Trino version"))
          .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
          .forEach(lines::add);
    }
    return lines;
  }
}
