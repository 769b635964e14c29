package dev.lakehouse.query.sql;

/**
 * What an answer took.
 *
 * @param rows rows of the answer
 * @param truncated whether there were more rows than the limit
 * @param scannedFiles data files of the tables it names
 */
record Stats(long rows, long elapsedMs, boolean truncated, int scannedFiles) {}
