package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.MapOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import dev.lakehouse.query.trino.ValueType.StructOf;
import io.trino.jdbc.Row;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The driver's values as {@link dev.lakehouse.query.engine.Rows} has them, whatever the JVM's time
 * zone: dates and times are read from their texts, and are sent as texts where they are in a list,
 * map or struct.
 */
final class TrinoValues {
  private static final int ELEMENT = 40;
  private static final int ENTRY = 100;

  private TrinoValues() {}

  static @Nullable Object read(ResultSet row, int column, ValueType type) throws SQLException {
    if (type == Simple.BINARY) {
      return row.getBytes(column);
    }
    if (isText(type)) {
      String text = row.getString(column);
      return text == null ? null : parsed(text, (Simple) type);
    }
    return value(row.getObject(column), type);
  }

  private static boolean isText(ValueType type) {
    return type instanceof Simple simple
        && switch (simple) {
          case DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, UUID, JSON, VARCHAR -> true;
          default -> false;
        };
  }

  private static Object parsed(String text, Simple type) {
    return switch (type) {
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case TIMETZ -> OffsetTime.parse(text.replace(" ", ""));
      case TIMESTAMP -> LocalDateTime.parse(text.replace(' ', 'T'));
      case TIMESTAMPTZ -> instant(text);
      default -> text;
    };
  }

  /** Such as {@code 2024-06-01 12:00:00.000000 Europe/Berlin}. */
  private static Instant instant(String text) {
    int zone = text.indexOf(' ', text.indexOf(' ') + 1);
    LocalDateTime clock = LocalDateTime.parse(text.substring(0, zone).replace(' ', 'T'));
    return clock.atZone(ZoneId.of(text.substring(zone + 1))).toInstant();
  }

  private static @Nullable Object value(@Nullable Object value, ValueType type)
      throws SQLException {
    if (value == null) {
      return null;
    }
    if (type instanceof ListOf list) {
      List<?> elements =
          value instanceof Array array
              ? Arrays.asList((Object[]) array.getArray())
              : (List<?>) value;
      List<@Nullable Object> all = new ArrayList<>();
      for (Object element : elements) {
        all.add(value(element, list.element()));
      }
      return all;
    }
    if (type instanceof MapOf map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        entries.put(
            String.valueOf(value(entry.getKey(), map.key())), value(entry.getValue(), map.value()));
      }
      return entries;
    }
    if (type instanceof StructOf struct) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < struct.fields().size(); i++) {
        StructOf.Field field = struct.fields().get(i);
        fields.put(field.name(), value(((Row) value).getFields().get(i).getValue(), field.type()));
      }
      return fields;
    }
    return isText(type) ? parsed(value.toString(), (Simple) type) : value;
  }

  /** The type that Trino tells, with what it does not know: names' cases, and what texts mean. */
  static ValueType named(ValueType told, ValueType known) {
    return known == Simple.JSON ? known : named(told, known, false);
  }

  private static ValueType named(ValueType told, ValueType known, boolean inside) {
    if (told instanceof ListOf list && known instanceof ListOf named) {
      return new ListOf(named(list.element(), named.element(), true));
    }
    if (told instanceof MapOf map && known instanceof MapOf named) {
      return new MapOf(
          named(map.key(), named.key(), true), named(map.value(), named.value(), true));
    }
    if (told instanceof StructOf struct
        && known instanceof StructOf named
        && struct.fields().size() == named.fields().size()) {
      List<StructOf.Field> fields = new ArrayList<>();
      for (int i = 0; i < struct.fields().size(); i++) {
        StructOf.Field field = named.fields().get(i);
        fields.add(
            new StructOf.Field(
                field.name(), named(struct.fields().get(i).type(), field.type(), true)));
      }
      return new StructOf(fields);
    }
    return inside && told == Simple.VARCHAR && isText(known) ? known : told;
  }

  /** The type as which a value is sent: dates and times inside of it as texts. */
  static ValueType sent(ValueType type) {
    return type instanceof ListOf || type instanceof MapOf || type instanceof StructOf
        ? inside(type)
        : type;
  }

  private static ValueType inside(ValueType type) {
    if (type instanceof ListOf list) {
      return new ListOf(inside(list.element()));
    }
    if (type instanceof MapOf map) {
      return new MapOf(inside(map.key()), inside(map.value()));
    }
    if (type instanceof StructOf struct) {
      return new StructOf(
          struct.fields().stream()
              .map(field -> new StructOf.Field(field.name(), inside(field.type())))
              .toList());
    }
    return isText(type) ? Simple.VARCHAR : type;
  }

  /** About how many bytes a value takes. */
  static long weight(@Nullable Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof List<?> list) {
      long all = 0;
      for (Object each : list) {
        all += ELEMENT + weight(each);
      }
      return all;
    }
    if (value instanceof Map<?, ?> map) {
      long all = 0;
      for (Object each : map.values()) {
        all += ENTRY + weight(each);
      }
      return all;
    }
    return 0;
  }
}
