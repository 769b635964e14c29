package dev.lakehouse.ingest.classify;

import java.util.Map;
import java.util.Optional;

/** What the classifier asks of the broker about topics. */
interface TopicLook {
  /** The topic's present id as text, or empty if there is no such topic. */
  Optional<String> id(String topic);

  /** The ids of all topics there are, by name. */
  Map<String, String> ids();

  /** The first offset that the partition's log still has. */
  long start(String topic, int partition);
}
