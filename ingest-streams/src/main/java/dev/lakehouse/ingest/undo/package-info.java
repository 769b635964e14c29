/**
 * Ingests are undone: their rows leave the table by an equality delete on {@code _ingest_id}. Start
 * at {@link dev.lakehouse.ingest.undo.Undoer}; {@link dev.lakehouse.ingest.undo.RowsOfIngest}
 * commits to the table. May use the progress of ingests and the doors of schemas.
 */
@NullMarked
package dev.lakehouse.ingest.undo;

import org.jspecify.annotations.NullMarked;
