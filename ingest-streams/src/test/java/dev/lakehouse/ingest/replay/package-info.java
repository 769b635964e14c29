@NullMarked
package dev.lakehouse.ingest.replay;

import org.jspecify.annotations.NullMarked;
