/**
 * Values out of text, for every format whose cells are text: what is a number, a date, a timestamp,
 * and which Avro type that is. Start at {@link dev.lakehouse.ingest.types.Cells}.
 */
@NullMarked
package dev.lakehouse.ingest.types;

import org.jspecify.annotations.NullMarked;
