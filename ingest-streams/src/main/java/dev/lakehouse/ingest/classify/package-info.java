/**
 * Tags personal data: a Kafka Streams topology reads every dataset's topic and the texts of
 * documents, adds up what each column's values look like and says on {@code catalog.findings} what
 * the column is. {@link dev.lakehouse.ingest.classify.ClassifyService} starts it; {@link
 * dev.lakehouse.ingest.classify.ClassifyTopology} is the graph; what values are is decided in the
 * packages {@code kind} and {@code evidence}.
 */
@NullMarked
package dev.lakehouse.ingest.classify;

import org.jspecify.annotations.NullMarked;
