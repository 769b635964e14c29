/**
 * All parts of a lakehouse in one process: the data directory, the ports, broker, registry, Flink,
 * the services and one HTTP server, started side by side and watched. Uses the rooms' entry points
 * and {@code embedded} only. Start at {@link dev.lakehouse.local.process.Lakehouse}.
 */
@NullMarked
package dev.lakehouse.local.process;

import org.jspecify.annotations.NullMarked;
