/**
 * What the values of one column add up to: a {@link dev.lakehouse.ingest.classify.evidence.Tally}
 * counts what values looked like, {@link dev.lakehouse.ingest.classify.evidence.Judgement} decides
 * from it and the column's name. Pure; knows nothing of Kafka.
 */
@NullMarked
package dev.lakehouse.ingest.classify.evidence;

import org.jspecify.annotations.NullMarked;
