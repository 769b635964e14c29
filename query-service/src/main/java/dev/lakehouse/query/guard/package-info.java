/**
 * The one SQL front: parses, checks against an allow-list, and re-writes, so that only known shapes
 * over known datasets reach an engine. Uses table for its {@link dev.lakehouse.query.table.AsOf},
 * and knows no engine but through {@link dev.lakehouse.query.guard.ScanNames}. Start at {@link
 * dev.lakehouse.query.guard.SqlFront}.
 */
@NullMarked
package dev.lakehouse.query.guard;

import org.jspecify.annotations.NullMarked;
