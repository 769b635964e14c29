/**
 * What the query service has to do with the upkeep of tables, which a Flink job does: it asks for
 * it and tells how it goes, over the topic {@code maintain.runs}, and says on {@code
 * query.snapshots} which snapshots are read. Start at {@link
 * dev.lakehouse.query.upkeep.CompactRoutes}.
 */
@NullMarked
package dev.lakehouse.query.upkeep;

import org.jspecify.annotations.NullMarked;
