/**
 * Events over HTTP become records: a body is parsed, its columns inferred, each event written, and
 * the broker's acknowledgement answered event by event. Start at {@link
 * dev.lakehouse.ingest.event.EventRoutes}.
 */
@NullMarked
package dev.lakehouse.ingest.event;

import org.jspecify.annotations.NullMarked;
