/**
 * The typed configuration: one record per concern, read from {@code lakehouse.toml} and {@code
 * LAKEHOUSE_…}; all mistakes are reported together. Start at {@link
 * dev.lakehouse.schemas.config.LakehouseConfig}.
 */
@NullMarked
package dev.lakehouse.schemas.config;

import org.jspecify.annotations.NullMarked;
