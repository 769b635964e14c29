/** Tests of this package alone. */
@NullMarked
package dev.lakehouse.query.table;

import org.jspecify.annotations.NullMarked;
