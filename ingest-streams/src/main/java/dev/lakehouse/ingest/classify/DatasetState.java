package dev.lakehouse.ingest.classify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
 * @param unread what the log no longer had; the table's rows of it have to be read
 * @param keys the findings that were given, to be taken back when the topic is gone
 */
record DatasetState(
    String dataset,
    String topic,
    Map<Integer, Long> first,
    Map<Integer, Long> next,
    List<Unread> unread,
    Set<String> keys) {

  static DatasetState of(String dataset, String topic) {
    return new DatasetState(
        dataset, topic, new HashMap<>(), new HashMap<>(), new ArrayList<>(), new TreeSet<>());
  }

  /** Whether the run says nothing that is not accounted for. */
  boolean covers(Observation observation) {
    return next.getOrDefault(observation.partition(), -1L) >= observation.to();
  }

  /** Accounts for a run, and for what is missing between it and the one before. */
  void cover(Observation observation) {
    int partition = observation.partition();
    Long reached = next.get(partition);
    if (reached == null) {
      first.put(partition, observation.start());
    }
    long expected = reached == null ? 0 : reached;
    long begins = reached == null ? observation.start() : observation.from();
    if (begins > expected) {
      unread.add(new Unread(partition, expected, begins));
    }
    next.merge(partition, observation.to(), Math::max);
  }

  /** Accounts for what was read from the table. */
  void read(List<Unread> ranges) {
    unread.removeAll(ranges);
    ranges.forEach(range -> first.computeIfPresent(range.partition(), (p, at) -> begin(p, at)));
  }

  /** 0 once nothing before the log is unread. */
  private long begin(int partition, long at) {
    return unread.stream().anyMatch(range -> range.partition() == partition && range.to() == at)
        ? at
        : 0;
  }
}
