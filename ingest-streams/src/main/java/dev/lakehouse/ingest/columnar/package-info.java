/**
 * Parquet files and Avro object container files as rows. Both say their columns' types, so that
 * nothing is guessed; what they hold is brought to common kinds ({@link
 * dev.lakehouse.ingest.columnar.Shape}) and flattened as JSON is. Start at {@link
 * dev.lakehouse.ingest.columnar.ColumnarFormat}.
 */
@NullMarked
package dev.lakehouse.ingest.columnar;

import org.jspecify.annotations.NullMarked;
