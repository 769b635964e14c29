/**
 * Names and the documented rules that map foreign names to ours. Pure functions; start at {@link
 * dev.lakehouse.schemas.name.DatasetName}.
 */
@NullMarked
package dev.lakehouse.schemas.name;

import org.jspecify.annotations.NullMarked;
