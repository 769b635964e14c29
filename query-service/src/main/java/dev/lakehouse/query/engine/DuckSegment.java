package dev.lakehouse.query.engine;

import org.apache.iceberg.Schema;

/**
 * Some rows of a table in a database of its own in memory, compressed, which is never changed.
 *
 * @param schema its columns
 */
record DuckSegment(String database, Schema schema, long rows, long bytes) {
  private static final String TABLE = "\"rows\"";

  /** Its table's name, quoted. */
  static String table(String database) {
    return DuckText.identifier(database) + ".main." + TABLE;
  }
}
