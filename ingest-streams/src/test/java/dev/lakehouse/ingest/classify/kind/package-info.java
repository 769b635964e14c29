@NullMarked
package dev.lakehouse.ingest.classify.kind;

import org.jspecify.annotations.NullMarked;
