package dev.lakehouse.ingest.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * A type that a column can be declared with, by the name that the catalog shows.
 *
 * @param iceberg the table's type
 * @param avro the type of the records' field; landing makes the table's type of it
 */
record ColumnType(Type iceberg, Schema avro) {
  private static final int MOST_DIGITS = 38;
  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\(\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*\\)");
  private static final Pattern LIST = Pattern.compile("list\\((.+)\\)");

  private static final Map<String, ColumnType> PLAIN =
      new TreeMap<>(
          Map.ofEntries(
              plain("boolean", Types.BooleanType.get(), Schema.Type.BOOLEAN),
              plain("int", Types.IntegerType.get(), Schema.Type.INT),
              plain("bigint", Types.LongType.get(), Schema.Type.LONG),
              plain("real", Types.FloatType.get(), Schema.Type.FLOAT),
              plain("double", Types.DoubleType.get(), Schema.Type.DOUBLE),
              plain("varchar", Types.StringType.get(), Schema.Type.STRING),
              plain("binary", Types.BinaryType.get(), Schema.Type.BYTES),
              logical("uuid", Types.UUIDType.get(), Schema.Type.STRING, LogicalTypes.uuid()),
              logical("date", Types.DateType.get(), Schema.Type.INT, LogicalTypes.date()),
              logical("time", Types.TimeType.get(), Schema.Type.LONG, LogicalTypes.timeMicros()),
              logical(
                  "timestamp",
                  Types.TimestampType.withoutZone(),
                  Schema.Type.LONG,
                  LogicalTypes.localTimestampMicros()),
              logical(
                  "timestamptz",
                  Types.TimestampType.withZone(),
                  Schema.Type.LONG,
                  LogicalTypes.timestampMicros())));

  /** What can be declared, for people. */
  static final String NAMES = String.join(", ", PLAIN.keySet()) + ", decimal(p,s), list(…)";

  /**
   * The types of columns that can be keys: those of which equal values are equal bytes, whoever
   * writes them.
   */
  private static final List<Type.TypeID> KEYS =
      List.of(
          Type.TypeID.BOOLEAN,
          Type.TypeID.INTEGER,
          Type.TypeID.LONG,
          Type.TypeID.STRING,
          Type.TypeID.DATE,
          Type.TypeID.TIME,
          Type.TypeID.TIMESTAMP,
          Type.TypeID.DECIMAL);

  private static Map.Entry<String, ColumnType> plain(String name, Type iceberg, Schema.Type avro) {
    return Map.entry(name, new ColumnType(iceberg, Schema.create(avro)));
  }

  private static Map.Entry<String, ColumnType> logical(
      String name, Type iceberg, Schema.Type avro, LogicalType logical) {
    return Map.entry(name, new ColumnType(iceberg, logical.addToSchema(Schema.create(avro))));
  }

  /**
   * The type of a name, or empty if there is none that can be declared.
   *
   * @param elementId the field id of a list's elements, if it is one
   */
  static Optional<ColumnType> of(String name, int elementId) {
    String bare = name.strip().toLowerCase(Locale.ROOT);
    Matcher list = LIST.matcher(bare);
    if (list.matches()) {
      return scalar(list.group(1).strip())
          .map(
              element ->
                  new ColumnType(
                      Types.ListType.ofOptional(elementId, element.iceberg()),
                      Schema.createArray(
                          Schema.createUnion(Schema.create(Schema.Type.NULL), element.avro()))));
    }
    return scalar(bare);
  }

  private static Optional<ColumnType> scalar(String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (!decimal.matches()) {
      return Optional.ofNullable(PLAIN.get(name));
    }
    int precision = Integer.parseInt(decimal.group(1));
    int scale = Integer.parseInt(decimal.group(2));
    return precision < 1 || precision > MOST_DIGITS || scale > precision
        ? Optional.empty()
        : Optional.of(
            new ColumnType(
                Types.DecimalType.of(precision, scale),
                LogicalTypes.decimal(precision, scale)
                    .addToSchema(Schema.create(Schema.Type.BYTES))));
  }

  /** Whether a column of it can be a key. */
  boolean canBeKey() {
    return KEYS.contains(iceberg.typeId());
  }
}
