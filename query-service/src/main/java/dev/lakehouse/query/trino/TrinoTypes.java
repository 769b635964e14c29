package dev.lakehouse.query.trino;

import dev.lakehouse.query.engine.TypeText;
import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.MapOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import dev.lakehouse.query.trino.ValueType.StructOf;
import java.util.List;

/** Trino's names of types, as results have them. */
final class TrinoTypes {
  private TrinoTypes() {}

  /** The type of a name such as {@code array(timestamp(6) with time zone)}. */
  static ValueType of(String name) {
    String type = name.strip();
    int open = type.indexOf('(');
    String base = open < 0 ? type : type.substring(0, open);
    String inside = open < 0 ? "" : type.substring(open + 1, type.lastIndexOf(')'));
    return switch (base) {
      case "boolean" -> Simple.BOOLEAN;
      case "tinyint" -> Simple.TINYINT;
      case "smallint" -> Simple.SMALLINT;
      case "integer" -> Simple.INTEGER;
      case "bigint" -> Simple.BIGINT;
      case "real" -> Simple.REAL;
      case "double" -> Simple.DOUBLE;
      case "varchar", "char" -> Simple.VARCHAR;
      case "varbinary" -> Simple.BINARY;
      case "date" -> Simple.DATE;
      case "uuid" -> Simple.UUID;
      case "json" -> Simple.JSON;
      case "unknown" -> Simple.UNKNOWN;
      case "time", "time with time zone" -> type.endsWith("zone") ? Simple.TIMETZ : Simple.TIME;
      case "timestamp", "timestamp with time zone" ->
          type.endsWith("zone") ? Simple.TIMESTAMPTZ : Simple.TIMESTAMP;
      case "decimal" -> {
        List<String> sizes = TypeText.parts(inside);
        yield new Decimal(Integer.parseInt(sizes.get(0)), Integer.parseInt(sizes.get(1)));
      }
      case "array" -> new ListOf(of(inside));
      case "map" -> {
        List<String> parts = TypeText.parts(inside);
        yield new MapOf(of(parts.get(0)), of(parts.get(1)));
      }
      case "row" -> new StructOf(TypeText.parts(inside).stream().map(TrinoTypes::field).toList());
      default -> throw Refused.engine("an answer with a value of type " + name, null);
    };
  }

  private static StructOf.Field field(String field) {
    int end = TypeText.endOfName(field);
    if (end == field.length()) {
      throw Refused.engine("an answer with a row whose fields have no names", null);
    }
    String name = field.substring(0, end);
    if (name.startsWith("\"")) {
      name = name.substring(1, name.length() - 1).replace("\"\"", "\"");
    }
    return new StructOf.Field(name, of(field.substring(end)));
  }
}
