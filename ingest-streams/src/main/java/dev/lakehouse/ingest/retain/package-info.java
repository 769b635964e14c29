/**
 * Keeps records on {@code data.*} until they have landed, and not for ever after. Start at {@link
 * dev.lakehouse.ingest.retain.Janitor}.
 */
@NullMarked
package dev.lakehouse.ingest.retain;

import org.jspecify.annotations.NullMarked;
