package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.Source.Column;
import dev.lakehouse.query.trino.Source.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What names mean at one place of a query: the columns of its FROM, then what its SELECT calls its
 * items, then whatever the query around it knows. Names are case-insensitive.
 */
final class Scope {
  private final @Nullable Scope outer;
  private final Source source;
  private final Map<String, Column> own = new HashMap<>();
  private final Map<String, Column> aliases = new HashMap<>();

  Scope(@Nullable Scope outer, Source source) {
    this.outer = outer;
    this.source = source;
  }

  /** The query around this one, or null. */
  @Nullable Scope around() {
    return outer;
  }

  /** The same place with another source before it. */
  Scope beside(Source left) {
    return new Scope(outer, left);
  }

  Source source() {
    return source;
  }

  /** A scope in this one in which a name, a lambda's, has a meaning of its own. */
  Scope with(String name, Expr value) {
    Scope inner = new Scope(this, Source.NONE);
    inner.own.put(lower(name), new Column(name, value, false));
    return inner;
  }

  /** What a SELECT calls an item; the first of a name counts. */
  void alias(String name, Expr value) {
    aliases.putIfAbsent(lower(name), new Column(name, value, false));
  }

  /** What the name means, or null if nothing here or around has it. */
  @Nullable Column find(SqlIdentifier name) {
    List<String> names = name.names;
    Column found = own.get(lower(names.get(0)));
    int used = 1;
    if (found == null && names.size() > 1) {
      found = qualified(names.get(0), names.get(1), name);
      used = 2;
    }
    if (found == null) {
      found = bare(names.get(0), name);
      used = 1;
    }
    if (found == null && names.size() == 1) {
      found = aliases.get(lower(names.get(0)));
    }
    if (found == null) {
      return outer == null ? null : outer.find(name);
    }
    for (String field : names.subList(used, names.size())) {
      found = found == null ? null : field(found, field);
    }
    return found;
  }

  private @Nullable Column qualified(String table, String column, SqlIdentifier name) {
    for (Relation relation : source.relations()) {
      if (relation.alias().equalsIgnoreCase(table)) {
        return one(relation.columns(), column, name);
      }
    }
    return null;
  }

  private @Nullable Column bare(String column, SqlIdentifier name) {
    return one(source.columns(), column, name);
  }

  private static @Nullable Column one(List<Column> columns, String wanted, SqlIdentifier name) {
    Column found = null;
    for (Column column : columns) {
      if (column.name().equalsIgnoreCase(wanted)) {
        if (found != null) {
          throw Refused.failed(
              "the column '"
                  + wanted
                  + "' may be of several tables, at line "
                  + name.getParserPosition().getLineNum()
                  + ", column "
                  + name.getParserPosition().getColumnNum());
        }
        found = column;
      }
    }
    return found;
  }

  /** Whether a table or subquery in reach has the name. */
  boolean knows(String alias) {
    return source.relations().stream().anyMatch(each -> each.alias().equalsIgnoreCase(alias))
        || (outer != null && outer.knows(alias));
  }

  /** The columns of the table or subquery of a name, or null if there is none in this FROM. */
  @Nullable List<Column> columnsOf(String alias) {
    return source.relations().stream()
        .filter(each -> each.alias().equalsIgnoreCase(alias))
        .map(Relation::columns)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Column field(Column struct, String field) {
    if (struct.value().type() instanceof ValueType.StructOf type) {
      for (ValueType.StructOf.Field each : type.fields()) {
        if (each.name().equalsIgnoreCase(field)) {
          Expr value = Expr.of(each.type(), "%.%", struct.value().sql(), Sql.name(each.name()));
          return new Column(each.name(), value, false);
        }
      }
    }
    return null;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
