/** Tests of this package alone. */
@NullMarked
package dev.lakehouse.query.sql;

import org.jspecify.annotations.NullMarked;
