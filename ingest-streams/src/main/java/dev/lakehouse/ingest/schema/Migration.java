package dev.lakehouse.ingest.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What would have to change in a dataset for the columns of a file to fit it.
 *
 * @param changes column by column
 */
public record Migration(List<Change> changes) {
  /**
   * One column of another type.
   *
   * @param from its type now
   * @param to the narrowest type that takes what is there and what arrives
   */
  public record Change(String column, Schema from, Schema to) {
    @Override
    public String toString() {
      return "'" + column + "' from " + typeName(from) + " to " + typeName(to);
    }
  }

  /**
   * The change for each column that is not of a type its field takes.
   *
   * @param fields the Avro field of each column, in order
   */
  public static Migration of(Schema schema, List<String> fields, List<Column> columns) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Schema has = SchemaEvolution.valueType(schema.getField(fields.get(i)).schema());
      Column column = columns.get(i);
      if (!takes(has, column)) {
        changes.add(new Change(column.name(), has, common(has, column)));
      }
    }
    return new Migration(changes);
  }

  private static boolean takes(Schema has, Column column) {
    Schema comes = column.type();
    if (has.equals(comes) || (isPlain(has) && has.getType() == Schema.Type.STRING)) {
      return true;
    }
    boolean integers = isPlain(comes) && comes.getType() == Schema.Type.LONG;
    return switch (has.getType()) {
      case INT -> isPlain(has) && integers && !column.needsLong();
      case LONG -> isPlain(has) && integers;
      case FLOAT, DOUBLE -> integers || comes.getType() == Schema.Type.DOUBLE;
      case BYTES ->
          has.getLogicalType() instanceof LogicalTypes.Decimal decimal
              && integers
              && column.integerDigits() <= decimal.getPrecision() - decimal.getScale();
      default -> false;
    };
  }

  private static Schema common(Schema has, Column column) {
    Schema comes = column.type();
    boolean number = isPlain(has) && isNumber(has);
    if (number && comes.getType() == Schema.Type.DOUBLE) {
      return Schema.create(Schema.Type.DOUBLE);
    } else if (number && isPlain(comes) && comes.getType() == Schema.Type.LONG) {
      return Schema.create(Schema.Type.LONG);
    }
    return Schema.create(Schema.Type.STRING);
  }

  private static boolean isPlain(Schema type) {
    return type.getLogicalType() == null;
  }

  private static boolean isNumber(Schema type) {
    return type.getType() == Schema.Type.INT || type.getType() == Schema.Type.LONG;
  }

  /** The type's name as SQL has it. */
  public static String typeName(Schema type) {
    return Optional.ofNullable(type.getLogicalType())
        .map(Migration::typeName)
        .orElseGet(
            () ->
                switch (type.getType()) {
                  case INT -> "integer";
                  case LONG -> "bigint";
                  case ARRAY -> "list";
                  case BYTES -> "binary";
                  default -> type.getType().getName();
                });
  }

  private static String typeName(LogicalType logical) {
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
    }
    return switch (logical.getName()) {
      case "local-timestamp-micros", "local-timestamp-millis" -> "timestamp";
      case "timestamp-micros", "timestamp-millis" -> "timestamptz";
      case "time-micros", "time-millis" -> "time";
      default -> logical.getName();
    };
  }

  /** The migration in words; empty if none would help. */
  @Override
  public String toString() {
    return String.join(", ", changes.stream().map(Change::toString).toList());
  }
}
