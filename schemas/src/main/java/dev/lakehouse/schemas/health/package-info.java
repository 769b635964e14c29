/** What a component says of its own state. */
@NullMarked
package dev.lakehouse.schemas.health;

import org.jspecify.annotations.NullMarked;
