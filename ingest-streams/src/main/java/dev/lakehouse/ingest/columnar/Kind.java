package dev.lakehouse.ingest.columnar;

/** Kinds of scalars, and the Java type of their values. */
enum Kind {
  /** Boolean. */
  BOOLEAN,
  /** Long within 32 bits. */
  INT,
  /** Long. */
  LONG,
  /** Float. */
  FLOAT,
  /** Double. */
  DOUBLE,
  /** BigDecimal of the shape's scale. */
  DECIMAL,
  /** String. */
  TEXT,
  /** String that is JSON already. */
  JSON,
  /** byte[]. */
  BYTES,
  /** Long, days since 1970-01-01. */
  DATE,
  /** LocalTime. */
  TIME,
  /** Instant, the time on a clock in a zone that nobody said taken for UTC. */
  LOCAL,
  /** Instant. */
  ZONED
}
