@NullMarked
package dev.lakehouse.ingest.classify.evidence;

import org.jspecify.annotations.NullMarked;
