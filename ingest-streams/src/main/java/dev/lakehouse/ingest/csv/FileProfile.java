package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.schema.Column;
import java.util.List;

/**
 * What a whole CSV file is, decided before its first row is read.
 *
 * @param dialect how to read it
 * @param columns its columns in order, named and typed
 * @param rows how many rows it has, the header not counted
 */
public record FileProfile(Dialect dialect, List<Column> columns, long rows) {}
