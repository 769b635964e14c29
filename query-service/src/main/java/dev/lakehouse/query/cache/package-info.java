/**
 * Which tables the engine keeps in memory: what was pinned, as fresh as it can be, within a budget.
 * What is held and how is the engine's; uses engine and table. Start at {@link
 * dev.lakehouse.query.cache.HotTables}.
 */
@NullMarked
package dev.lakehouse.query.cache;

import org.jspecify.annotations.NullMarked;
