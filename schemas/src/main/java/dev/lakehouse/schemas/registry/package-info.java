/**
 * A client of any Confluent-compatible schema registry and the Confluent wire format. Start at
 * {@link dev.lakehouse.schemas.registry.SchemaRegistry}.
 */
@NullMarked
package dev.lakehouse.schemas.registry;

import org.jspecify.annotations.NullMarked;
