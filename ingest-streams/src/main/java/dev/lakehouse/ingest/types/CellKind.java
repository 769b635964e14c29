package dev.lakehouse.ingest.types;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The Avro types that a cell of text can become. */
public enum CellKind {
  BOOLEAN,
  INT,
  LONG,
  FLOAT,
  DOUBLE,
  DECIMAL,
  DATE,
  LOCAL_MICROS,
  LOCAL_MILLIS,
  ZONED_MICROS,
  ZONED_MILLIS,
  TEXT,
  /** A foreign producer's type that no cell fits. */
  NONE;

  /** The kind of a type without null. */
  public static CellKind of(Schema type) {
    LogicalType logical = type.getLogicalType();
    return switch (type.getType()) {
      case BOOLEAN -> BOOLEAN;
      case STRING -> logical == null ? TEXT : NONE;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case INT -> logical == null ? INT : logical instanceof LogicalTypes.Date ? DATE : NONE;
      case LONG -> logical == null ? LONG : timestamp(logical);
      case BYTES -> logical instanceof LogicalTypes.Decimal ? DECIMAL : NONE;
      default -> NONE;
    };
  }

  private static CellKind timestamp(LogicalType logical) {
    if (logical instanceof LogicalTypes.LocalTimestampMicros) {
      return LOCAL_MICROS;
    } else if (logical instanceof LogicalTypes.LocalTimestampMillis) {
      return LOCAL_MILLIS;
    } else if (logical instanceof LogicalTypes.TimestampMicros) {
      return ZONED_MICROS;
    }
    return logical instanceof LogicalTypes.TimestampMillis ? ZONED_MILLIS : NONE;
  }
}
