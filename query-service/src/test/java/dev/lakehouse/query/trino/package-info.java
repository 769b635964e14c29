/** How queries are written for Trino, without one. */
@NullMarked
package dev.lakehouse.query.trino;

import org.jspecify.annotations.NullMarked;
