/**
 * What single values, column names and running texts are: pure recognisers of personal data without
 * I/O. Start at {@link dev.lakehouse.ingest.classify.kind.ValueRecogniser} for values and {@link
 * dev.lakehouse.ingest.classify.kind.SpanFinder} for texts. Phrases and words lie in lists beside
 * the classes.
 */
@NullMarked
package dev.lakehouse.ingest.classify.kind;

import org.jspecify.annotations.NullMarked;
