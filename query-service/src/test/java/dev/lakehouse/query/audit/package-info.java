@NullMarked
package dev.lakehouse.query.audit;

import org.jspecify.annotations.NullMarked;
