/**
 * How far each ingest has come, as the topics and the tables say, and the HTTP routes that tell it.
 * Start at {@link dev.lakehouse.ingest.progress.ProgressLog}.
 */
@NullMarked
package dev.lakehouse.ingest.progress;

import org.jspecify.annotations.NullMarked;
