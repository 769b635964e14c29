/**
 * Tests of the whole product: the program is started as a process of its own and used from outside.
 * Start at {@link dev.lakehouse.local.LakehouseProcess}.
 */
@NullMarked
package dev.lakehouse.local;

import org.jspecify.annotations.NullMarked;
