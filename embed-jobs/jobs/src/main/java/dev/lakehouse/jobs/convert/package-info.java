/**
 * From Avro's types and bytes to Iceberg's: which columns a schema asks for, how a table has to
 * change so that they fit, and a reader compiled once per schema that turns bytes into rows. Knows
 * neither Kafka nor Flink nor the catalog. Start at {@link dev.lakehouse.jobs.convert.AvroColumns},
 * then {@link dev.lakehouse.jobs.convert.SchemaFit} and {@link
 * dev.lakehouse.jobs.convert.RowReader}.
 */
@NullMarked
package dev.lakehouse.jobs.convert;

import org.jspecify.annotations.NullMarked;
