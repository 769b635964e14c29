package dev.lakehouse.ingest.schema;

import dev.lakehouse.schemas.name.ColumnNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What a dataset's schema becomes when columns arrive. The types that are there win; columns are
 * matched by name without regard to case; new ones are optional; allowed are the widenings that
 * Iceberg v2 has (int→long, float→double, a wider decimal of the same scale, required→optional).
 */
public final class SchemaEvolution {
  private static final int MOST_PRECISION = 38;

  private SchemaEvolution() {}

  /**
   * A schema and where each of the columns is in it.
   *
   * @param fields Avro field names, in the columns' order
   */
  public record Evolved(Schema schema, List<String> fields) {}

  /** The column's own name of a field. */
  public static String columnName(Schema.Field field) {
    String own = field.getProp(ColumnNames.PROPERTY);
    return own == null ? field.name() : own;
  }

  /** The type of a field without its null. */
  public static Schema valueType(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> values =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return values.size() == 1 ? values.get(0) : schema;
  }

  /** The type with null before it. */
  public static Schema optional(Schema type) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
  }

  /**
   * The schema that takes the columns.
   *
   * @param name of the record, if there is no schema yet
   */
  public static Evolved evolve(String name, Optional<Schema> existing, List<Column> columns) {
    return evolve(name, existing, columns, List.of());
  }

  /**
   * The schema of a keyed dataset that takes the columns: a key column keeps its type, since equal
   * keys must stay equal bytes, and never becomes optional.
   *
   * @param name of the record, if there is no schema yet
   * @param keys the key columns
   */
  public static Evolved evolve(
      String name, Optional<Schema> existing, List<Column> columns, List<String> keys) {
    Set<String> fixed = new HashSet<>();
    keys.forEach(column -> fixed.add(key(column)));
    Map<String, Column> arriving = new HashMap<>();
    columns.forEach(column -> arriving.put(key(column.name()), column));
    Map<String, String> fieldOf = new HashMap<>();
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : existing.map(Schema::getFields).orElse(List.of())) {
      String key = key(columnName(field));
      fieldOf.putIfAbsent(key, field.name());
      fields.add(
          fixed.contains(key)
              ? new Schema.Field(field, field.schema())
              : widened(field, Optional.ofNullable(arriving.get(key))));
    }
    addNew(fields, fieldOf, columns, fixed);
    Schema schema =
        existing
            .map(SchemaEvolution::bare)
            .orElseGet(() -> Schema.createRecord(name, null, "lakehouse.data", false));
    schema.setFields(fields);
    return new Evolved(
        schema,
        columns.stream().map(column -> fieldOf.getOrDefault(key(column.name()), "")).toList());
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  private static Schema bare(Schema existing) {
    Schema copy =
        Schema.createRecord(
            existing.getName(), existing.getDoc(), existing.getNamespace(), existing.isError());
    copy.addAllProps(existing);
    existing.getAliases().forEach(copy::addAlias);
    return copy;
  }

  private static void addNew(
      List<Schema.Field> fields,
      Map<String, String> fieldOf,
      List<Column> columns,
      Set<String> fixed) {
    List<Column> added =
        columns.stream().filter(column -> !fieldOf.containsKey(key(column.name()))).toList();
    Set<String> taken = new HashSet<>();
    fields.forEach(field -> taken.add(key(field.name())));
    List<String> names = ColumnNames.avro(added.stream().map(Column::name).toList());
    for (int i = 0; i < added.size(); i++) {
      Column column = added.get(i);
      String name = names.get(i);
      for (int n = 2; !taken.add(key(name)); n++) {
        name = names.get(i) + "_" + n;
      }
      Schema.Field field =
          fixed.contains(key(column.name()))
              ? new Schema.Field(name, column.type(), null, null)
              : new Schema.Field(
                  name, optional(column.type()), null, Schema.Field.NULL_DEFAULT_VALUE);
      if (!name.equals(column.name())) {
        field.addProp(ColumnNames.PROPERTY, column.name());
      }
      fields.add(field);
      fieldOf.put(key(column.name()), name);
    }
  }

  private static Schema.Field widened(Schema.Field field, Optional<Column> column) {
    Schema type = valueType(field.schema());
    boolean optional =
        field.schema().getType() == Schema.Type.UNION
            && field.schema().getTypes().stream().anyMatch(t -> t.getType() == Schema.Type.NULL);
    Schema wider = column.map(c -> wider(type, c)).orElse(type);
    boolean lacking = column.map(Column::mayBeNull).orElse(true);
    if (wider.equals(type) && (optional || !lacking || field.hasDefaultValue())) {
      return new Schema.Field(field, field.schema());
    }
    if (!optional && !lacking) {
      return new Schema.Field(field, wider);
    }
    Schema.Field widened =
        new Schema.Field(
            field.name(),
            optional(wider),
            field.doc(),
            Schema.Field.NULL_DEFAULT_VALUE,
            field.order());
    widened.addAllProps(field);
    field.aliases().forEach(widened::addAlias);
    return widened;
  }

  private static Schema wider(Schema type, Column column) {
    Schema.Type arriving = column.type().getType();
    boolean plain = type.getLogicalType() == null && column.type().getLogicalType() == null;
    if (plain
        && type.getType() == Schema.Type.INT
        && arriving == Schema.Type.LONG
        && column.needsLong()) {
      return Schema.create(Schema.Type.LONG);
    }
    if (plain && type.getType() == Schema.Type.FLOAT && arriving == Schema.Type.DOUBLE) {
      return Schema.create(Schema.Type.DOUBLE);
    }
    if (type.getType() == Schema.Type.BYTES
        && type.getLogicalType() instanceof LogicalTypes.Decimal has) {
      int needed = column.integerDigits() + has.getScale();
      if (needed > has.getPrecision() && needed <= MOST_PRECISION) {
        return LogicalTypes.decimal(needed, has.getScale())
            .addToSchema(Schema.create(Schema.Type.BYTES));
      }
    }
    return type;
  }
}
