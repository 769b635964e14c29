/**
 * Everything that comes in: uploads, events, and the readers that make records of files. May use
 * {@code dev.lakehouse.schemas} and no other room. Start at {@link
 * dev.lakehouse.ingest.IngestService}.
 */
@NullMarked
package dev.lakehouse.ingest;

import org.jspecify.annotations.NullMarked;
