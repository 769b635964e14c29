package dev.lakehouse.ingest.classify;

import dev.lakehouse.ingest.classify.evidence.Tally;
import java.util.Map;

/**
 * What a run of one partition adds to the evidence of its dataset.
 *
 * @param incarnation the topic's id
 * @param start the log's first offset when the partition was first seen
 * @param from the first offset accounted for
 * @param to the offset after the last
 * @param columns leaf path → what its values looked like; a column without values has an empty
 *     tally
 */
record Observation(
    String topic,
    String incarnation,
    int partition,
    long start,
    long from,
    long to,
    Map<String, Tally> columns) {}
