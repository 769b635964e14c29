package dev.lakehouse.ingest.classify;

/**
 * Records of a partition that the log no longer had when their turn came.
 *
 * @param from the first of them
 * @param to the offset after the last
 */
record Unread(int partition, long from, long to) {}
