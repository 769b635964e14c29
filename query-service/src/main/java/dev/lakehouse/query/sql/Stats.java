package dev.lakehouse.query.sql;

/**
 * What an answer took.
 *
 * @param rows rows of the answer
 * @param truncated whether there were more rows than the limit
 * @param scannedFiles data files that were read, of each table in FROM
 * @param skippedFiles data files that hold no row that is asked for, by what Iceberg knows of them
 */
record Stats(long rows, long elapsedMs, boolean truncated, int scannedFiles, int skippedFiles) {
  static final Stats NONE = new Stats(0, 0, false, 0, 0);
}
