package dev.lakehouse.query.trino;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The type of a value as the dialect has it. */
sealed interface ValueType {
  /** Types without parameters. */
  enum Simple implements ValueType {
    /** Of nothing but null. */
    UNKNOWN("unknown", "VARCHAR"),
    BOOLEAN("boolean", "BOOLEAN"),
    TINYINT("tinyint", "TINYINT"),
    SMALLINT("smallint", "SMALLINT"),
    INTEGER("integer", "INTEGER"),
    BIGINT("bigint", "BIGINT"),
    /** Whole numbers of 38 digits, which sums of whole numbers are. */
    HUGE("decimal(38,0)", "DECIMAL(38, 0)"),
    REAL("real", "REAL"),
    DOUBLE("double", "DOUBLE"),
    VARCHAR("varchar", "VARCHAR"),
    BINARY("binary", "VARBINARY"),
    DATE("date", "DATE"),
    TIME("time", "TIME(6)"),
    TIMETZ("timetz", "TIME(6) WITH TIME ZONE"),
    TIMESTAMP("timestamp", "TIMESTAMP(6)"),
    TIMESTAMPTZ("timestamptz", "TIMESTAMP(6) WITH TIME ZONE"),
    UUID("uuid", "UUID"),
    JSON("json", "VARCHAR"),
    /** An interval of whole days. */
    DAYS("interval", "INTERVAL DAY TO SECOND"),
    /** An interval of hours or less. */
    HOURS("interval", "INTERVAL DAY TO SECOND"),
    MONTHS("interval", "INTERVAL YEAR TO MONTH");

    private final String shown;
    private final String written;

    Simple(String shown, String written) {
      this.shown = shown;
      this.written = written;
    }

    @Override
    public String shown() {
      return shown;
    }

    @Override
    public Sql written() {
      return new Sql.Words(written);
    }
  }

  /** An exact number. */
  record Decimal(int precision, int scale) implements ValueType {
    @Override
    public String shown() {
      return "decimal(" + precision + "," + scale + ")";
    }

    @Override
    public Sql written() {
      return new Sql.Words("DECIMAL(" + precision + ", " + scale + ")");
    }
  }

  /** A list. */
  record ListOf(ValueType element) implements ValueType {
    @Override
    public String shown() {
      return "list(" + element.shown() + ")";
    }

    @Override
    public Sql written() {
      return Sql.of("ARRAY(%)", element.written());
    }
  }

  /** A map. */
  record MapOf(ValueType key, ValueType value) implements ValueType {
    @Override
    public String shown() {
      return "map(" + key.shown() + "," + value.shown() + ")";
    }

    @Override
    public Sql written() {
      return Sql.of("MAP(%, %)", key.written(), value.written());
    }
  }

  /** A struct. */
  record StructOf(List<Field> fields) implements ValueType {
    /** A part of a struct. */
    record Field(String name, ValueType type) {}

    @Override
    public String shown() {
      return fields.stream()
          .map(field -> field.name() + " " + field.type().shown())
          .collect(Collectors.joining(",", "struct(", ")"));
    }

    @Override
    public Sql written() {
      return Sql.of(
          "ROW(%)",
          Sql.joined(
              ", ",
              fields.stream()
                  .map(field -> Sql.of("% %", Sql.name(field.name()), field.type().written()))
                  .toList()));
    }
  }

  /** As the HTTP reference names it. */
  String shown();

  /** As Trino names it in a cast. */
  Sql written();

  default boolean isWhole() {
    return this == Simple.TINYINT
        || this == Simple.SMALLINT
        || this == Simple.INTEGER
        || this == Simple.BIGINT
        || this == Simple.HUGE;
  }

  /** A whole number or a decimal. */
  default boolean isExact() {
    return isWhole() || this instanceof Decimal;
  }

  default boolean isFloating() {
    return this == Simple.REAL || this == Simple.DOUBLE;
  }

  default boolean isNumber() {
    return isExact() || isFloating();
  }

  default boolean isInterval() {
    return this == Simple.DAYS || this == Simple.HOURS || this == Simple.MONTHS;
  }

  /** A date, or a moment with or without a zone. */
  default boolean isMoment() {
    return this == Simple.DATE || this == Simple.TIMESTAMP || this == Simple.TIMESTAMPTZ;
  }

  /** A number that is exact as a decimal of the least size. */
  default Decimal asDecimal() {
    if (this instanceof Decimal decimal) {
      return decimal;
    }
    int digits =
        switch ((Simple) this) {
          case TINYINT -> 3;
          case SMALLINT -> 5;
          case INTEGER -> 10;
          case BIGINT -> 19;
          default -> 38;
        };
    return new Decimal(digits, 0);
  }

  /** The type that values of both have in common, {@code UNKNOWN} if there is none. */
  static ValueType common(ValueType one, ValueType other) {
    if (one.equals(other) || other == Simple.UNKNOWN) {
      return one;
    }
    if (one == Simple.UNKNOWN) {
      return other;
    }
    if (one.isNumber() && other.isNumber()) {
      return number(one, other);
    }
    if (one.isMoment() && other.isMoment()) {
      return one == Simple.TIMESTAMPTZ || other == Simple.TIMESTAMPTZ
          ? Simple.TIMESTAMPTZ
          : Simple.TIMESTAMP;
    }
    if (one instanceof ListOf list && other instanceof ListOf with) {
      return new ListOf(common(list.element(), with.element()));
    }
    if (one instanceof MapOf map && other instanceof MapOf with) {
      return new MapOf(common(map.key(), with.key()), common(map.value(), with.value()));
    }
    if (one.isInterval() && other.isInterval() && one != Simple.MONTHS && other != Simple.MONTHS) {
      return Simple.HOURS;
    }
    return Simple.UNKNOWN;
  }

  private static ValueType number(ValueType one, ValueType other) {
    if (one == Simple.DOUBLE || other == Simple.DOUBLE) {
      return Simple.DOUBLE;
    }
    if (one == Simple.REAL || other == Simple.REAL) {
      return Simple.REAL;
    }
    if (one.isWhole() && other.isWhole()) {
      return ((Simple) one).compareTo((Simple) other) > 0 ? one : other;
    }
    Decimal left = one.asDecimal();
    Decimal right = other.asDecimal();
    int scale = Math.max(left.scale(), right.scale());
    int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
    return new Decimal(Math.min(38, whole + scale), scale);
  }

  /** The type of an Iceberg table's column. */
  static ValueType of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> Simple.BOOLEAN;
      case INTEGER -> Simple.INTEGER;
      case LONG -> Simple.BIGINT;
      case FLOAT -> Simple.REAL;
      case DOUBLE -> Simple.DOUBLE;
      case DATE -> Simple.DATE;
      case TIME -> Simple.TIME;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC() ? Simple.TIMESTAMPTZ : Simple.TIMESTAMP;
      case STRING -> Simple.VARCHAR;
      case UUID -> Simple.UUID;
      case FIXED, BINARY -> Simple.BINARY;
      case DECIMAL ->
          new Decimal(((Types.DecimalType) type).precision(), ((Types.DecimalType) type).scale());
      case LIST -> new ListOf(of(type.asListType().elementType()));
      case MAP -> new MapOf(of(type.asMapType().keyType()), of(type.asMapType().valueType()));
      case STRUCT ->
          new StructOf(
              type.asStructType().fields().stream()
                  .map(field -> new StructOf.Field(field.name(), of(field.type())))
                  .toList());
      default ->
          throw Refused.engine(
              "a column of type " + type.toString().toLowerCase(Locale.ROOT), null);
    };
  }
}
