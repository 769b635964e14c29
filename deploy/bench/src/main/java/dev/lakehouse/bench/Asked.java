package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Something that answers SQL, with tables of the same names. Not for many threads. */
@FunctionalInterface
interface Asked {
  /**
   * The rows of the answer as comparable text.
   *
   * @throws IOException if it does not answer
   */
  List<String> rows(String sql) throws IOException, InterruptedException, SQLException;

  /** The product, over HTTP. */
  static Asked overHttp(Client client) {
    return sql -> {
      List<String> rows = new ArrayList<>();
      for (JsonNode row : client.rows(sql)) {
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(cell(cell.asText())));
        rows.add(String.join("|", cells));
      }
      return rows;
    };
  }

  /** A database of the same process, or another one with a driver. */
  static Asked overJdbc(Connection connection) {
    return sql -> {
      List<String> rows = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            cells.add(cell(String.valueOf(result.getString(i))));
          }
          rows.add(String.join("|", cells));
        }
      }
      return rows;
    };
  }

  /** Numbers to nine digits: a sum of doubles depends on the order of its parts. */
  private static String cell(String text) {
    try {
      return new BigDecimal(text).round(new MathContext(9)).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** The questions to a table of {@link Rows}, by name, in the order of the report. */
  static List<Map.Entry<String, String>> questions(String table, long rows) {
    return List.of(
        Map.entry("count", "SELECT count(*) FROM " + table),
        Map.entry(
            "aggregate",
            "SELECT region, count(*), sum(price * qty), avg(qty) FROM "
                + table
                + " GROUP BY region ORDER BY region"),
        Map.entry(
            "filtered aggregate",
            "SELECT count(*), sum(qty), max(price) FROM "
                + table
                + " WHERE region = 'emea' AND price > 600"),
        Map.entry("top 10", "SELECT id, price FROM " + table + " ORDER BY price DESC, id LIMIT 10"),
        Map.entry(
            "look-up", "SELECT id, region, product, qty FROM " + table + " WHERE id = " + rows / 3),
        Map.entry(
            "join",
            "SELECT a.region, count(*), sum(b.qty) FROM "
                + (table + " a JOIN " + table + " b ON a.id = b.id + 5 WHERE a.qty = 3")
                + " GROUP BY a.region ORDER BY a.region"));
  }
}
