/**
 * CSV as bytes to rows, and what its columns are. Pure: streams in, values out; it knows Avro
 * types, nothing of Kafka. Start at {@link dev.lakehouse.ingest.csv.FileProfiler}, which decides
 * everything about a file before its first row is read, and {@link
 * dev.lakehouse.ingest.csv.RowEncoder}, which turns rows into Avro.
 */
@NullMarked
package dev.lakehouse.ingest.csv;

import org.jspecify.annotations.NullMarked;
