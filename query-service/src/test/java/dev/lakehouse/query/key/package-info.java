@NullMarked
package dev.lakehouse.query.key;

import org.jspecify.annotations.NullMarked;
