/**
 * JSON as bytes to rows: one object a line, an array, a single object, or values one behind the
 * other. Pure: streams in, values out, in memory that does not grow with the file. Start at {@link
 * dev.lakehouse.ingest.json.JsonFormat}; {@link dev.lakehouse.ingest.json.LayoutSniffer} decides
 * where the records are, {@link dev.lakehouse.ingest.json.Flattener} makes cells of a record, and
 * {@link dev.lakehouse.ingest.json.RowEncoder} makes Avro of the cells.
 */
@NullMarked
package dev.lakehouse.ingest.json;

import org.jspecify.annotations.NullMarked;
