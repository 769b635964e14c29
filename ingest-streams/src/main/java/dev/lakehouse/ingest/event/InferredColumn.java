package dev.lakehouse.ingest.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import org.apache.avro.Schema;

/**
 * What the values of one column have in common. Integers are long, other numbers double; a list of
 * such is a list; everything mixed is a string that holds text as it is and the rest as JSON.
 */
final class InferredColumn {
  private enum Kind {
    UNKNOWN,
    BOOLEAN,
    LONG,
    DOUBLE,
    STRING;

    Kind with(Kind other) {
      if (this == UNKNOWN || this == other) {
        return other;
      } else if (other == UNKNOWN) {
        return this;
      }
      boolean numbers = (this == LONG || this == DOUBLE) && (other == LONG || other == DOUBLE);
      return numbers ? DOUBLE : STRING;
    }
  }

  private final String name;
  private Kind scalar = Kind.UNKNOWN;
  private Kind items = Kind.UNKNOWN;
  private boolean lists;
  private boolean opaque;
  private boolean needsLong;
  private int integerDigits;
  private long seen;

  InferredColumn(String name) {
    this.name = name;
  }

  /** Takes one value into account. */
  void accept(JsonNode value) {
    seen++;
    if (value.isArray()) {
      lists = true;
      acceptList(value);
    } else {
      Kind kind = kind(value);
      scalar = scalar.with(kind);
      if (kind == Kind.LONG) {
        needsLong |= !value.canConvertToInt();
      }
      if (value.isNumber()) {
        integerDigits = Math.max(integerDigits, digits(value));
      }
    }
  }

  private static int digits(JsonNode value) {
    var decimal = value.decimalValue();
    return Math.max(1, decimal.precision() - decimal.scale());
  }

  private void acceptList(JsonNode list) {
    Kind kinds = Kind.UNKNOWN;
    for (JsonNode item : list) {
      if (item.isContainerNode()) {
        opaque = true;
      } else if (!item.isNull()) {
        Kind kind = kind(item);
        opaque |= kinds != Kind.UNKNOWN && kinds.with(kind) == Kind.STRING && kinds != kind;
        kinds = kinds.with(kind);
      }
    }
    opaque |=
        items != Kind.UNKNOWN
            && kinds != Kind.UNKNOWN
            && items != kinds
            && items.with(kinds) == Kind.STRING;
    items = items.with(kinds);
  }

  private static Kind kind(JsonNode value) {
    if (value.isBoolean()) {
      return Kind.BOOLEAN;
    } else if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? Kind.LONG : Kind.STRING;
    }
    return value.isNumber() ? Kind.DOUBLE : Kind.STRING;
  }

  /** The column, for so many events of which each may have it. */
  Column column(long events) {
    return new Column(name, type(), seen < events, needsLong, integerDigits);
  }

  private Schema type() {
    if (!lists) {
      return type(scalar);
    }
    boolean plain = !opaque && scalar == Kind.UNKNOWN;
    return plain
        ? Schema.createArray(SchemaEvolution.optional(type(items)))
        : Schema.create(Schema.Type.STRING);
  }

  private static Schema type(Kind kind) {
    return Schema.create(
        switch (kind) {
          case BOOLEAN -> Schema.Type.BOOLEAN;
          case LONG -> Schema.Type.LONG;
          case DOUBLE -> Schema.Type.DOUBLE;
          case STRING, UNKNOWN -> Schema.Type.STRING;
        });
  }
}
