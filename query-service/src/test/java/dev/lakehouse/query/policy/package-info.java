/** Tests of this package alone. */
@NullMarked
package dev.lakehouse.query.policy;

import org.jspecify.annotations.NullMarked;
