/**
 * Temporary files on a disk that may be full: where they are made, how room is asked for, and what
 * is thrown when there is none. Knows nothing of what is kept in them. Start at {@link
 * dev.lakehouse.ingest.scratch.Scratch}.
 */
@NullMarked
package dev.lakehouse.ingest.scratch;

import org.jspecify.annotations.NullMarked;
