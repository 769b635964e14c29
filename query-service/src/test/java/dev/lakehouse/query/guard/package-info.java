/** Tests of this package alone. */
@NullMarked
package dev.lakehouse.query.guard;

import org.jspecify.annotations.NullMarked;
