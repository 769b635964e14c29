/**
 * A dataset's schema and its topic: what the registry has, what new columns make of it, and that
 * both exist before the first record. Start at {@link dev.lakehouse.ingest.schema.Datasets}.
 */
@NullMarked
package dev.lakehouse.ingest.schema;

import org.jspecify.annotations.NullMarked;
