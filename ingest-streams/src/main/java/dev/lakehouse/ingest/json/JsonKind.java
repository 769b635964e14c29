package dev.lakehouse.ingest.json;

/** What a record has at a place. */
enum JsonKind {
  /** Nothing; null and an object without fields are nothing too. */
  NOTHING,
  TRUE,
  FALSE,
  NUMBER,
  TEXT,
  /** An array of which no item is an object or an array. */
  LIST,
  /** Anything else, as JSON. */
  JSON
}
