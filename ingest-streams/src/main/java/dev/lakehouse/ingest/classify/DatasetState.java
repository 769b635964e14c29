package dev.lakehouse.ingest.classify;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far one incarnation of a dataset is classified.
 *
 * @param dataset the dataset's name
 * @param topic its topic
 * @param first partition → first offset that counted
 * @param next partition → offset after the last that counted
 * @param keys the findings that were given, to be taken back when the topic is gone
 */
record DatasetState(
    String dataset,
    String topic,
    Map<Integer, Long> first,
    Map<Integer, Long> next,
    Set<String> keys) {

  static DatasetState of(String dataset, String topic) {
    return new DatasetState(dataset, topic, new HashMap<>(), new HashMap<>(), new TreeSet<>());
  }

  /** Accounts for a run. */
  void cover(Observation observation) {
    first.putIfAbsent(observation.partition(), observation.start());
    next.merge(observation.partition(), observation.to(), Math::max);
  }
}
