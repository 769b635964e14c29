@NullMarked
package dev.lakehouse.ingest.classify;

import org.jspecify.annotations.NullMarked;
