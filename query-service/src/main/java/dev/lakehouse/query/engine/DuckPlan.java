package dev.lakehouse.query.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's plan of a query, a line for each operator; of what it tells only what is listed here.
 */
final class DuckPlan {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 300;

  /** What is shown of an operator, under which word. */
  private static final Map<String, String> SHOWN =
      Map.of(
          "Projections", "columns",
          "Filters", "where",
          "Conditions", "on",
          "Join Type", "join",
          "Groups", "by",
          "Aggregates", "aggregates",
          "Order By", "order by",
          "Top", "top",
          "Expression", "where",
          "Estimated Cardinality", "about rows");

  private static final List<String> ORDER =
      List.of(
          "Join Type",
          "Conditions",
          "Projections",
          "Filters",
          "Expression",
          "Groups",
          "Aggregates",
          "Top",
          "Order By",
          "Estimated Cardinality");

  private final EngineQuery query;
  private final String text;

  DuckPlan(EngineQuery query, DuckDialect dialect) {
    this.query = query;
    this.text = query.statement().text(dialect, query.limit());
  }

  List<String> lines(Connection connection, Stop stop) throws SQLException {
    stop.check();
    try (PreparedStatement statement =
        connection.prepareStatement("EXPLAIN (FORMAT JSON) " + text)) {
      List<@Nullable Object> parameters = query.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet plan = statement.executeQuery()) {
        List<String> lines = new ArrayList<>();
        while (plan.next()) {
          for (JsonNode operator : JSON.readTree(plan.getString(2))) {
            add(operator, 0, lines);
          }
        }
        return lines;
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the engine's plan is no JSON", e);
      }
    }
  }

  private static void add(JsonNode operator, int depth, List<String> lines) {
    StringBuilder line = new StringBuilder("  ".repeat(depth));
    line.append(operator.path("name").asText().strip().toLowerCase(Locale.ROOT).replace('_', ' '));
    JsonNode told = operator.path("extra_info");
    for (String key : ORDER) {
      String value = value(told.path(key));
      if (!value.isEmpty()) {
        line.append("; ").append(SHOWN.get(key)).append(' ').append(value);
      }
    }
    lines.add(line.toString());
    operator.path("children").forEach(child -> add(child, depth + 1, lines));
  }

  private static String value(JsonNode told) {
    List<String> parts = new ArrayList<>();
    if (told.isArray()) {
      told.forEach(part -> parts.add(part.asText()));
    } else if (!told.isMissingNode()) {
      parts.add(told.asText());
    }
    String value = DuckErrors.withoutPlaces(String.join(", ", parts).replaceAll("\\s+", " "));
    return value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
  }
}
