@NullMarked
package dev.lakehouse.ingest.json;

import org.jspecify.annotations.NullMarked;
