/** Tests of this package alone. */
@NullMarked
package dev.lakehouse.query.catalog;

import org.jspecify.annotations.NullMarked;
