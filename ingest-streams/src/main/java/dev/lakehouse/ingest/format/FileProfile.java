package dev.lakehouse.ingest.format;

import dev.lakehouse.ingest.schema.Column;
import java.util.List;

/**
 * What a whole file is, decided before its first row is read.
 *
 * @param dialect the format's own choices as JSON; kept, so that a resumed reading makes the same
 * @param columns its columns in order, named and typed
 * @param rows how many rows it has
 */
public record FileProfile(String dialect, List<Column> columns, long rows) {}
