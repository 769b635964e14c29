/** Tests of the catalog's door. */
@NullMarked
package dev.lakehouse.query.iceberg;

import org.jspecify.annotations.NullMarked;
