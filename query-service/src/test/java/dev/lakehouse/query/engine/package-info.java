/** Tests of this package alone. */
@NullMarked
package dev.lakehouse.query.engine;

import org.jspecify.annotations.NullMarked;
