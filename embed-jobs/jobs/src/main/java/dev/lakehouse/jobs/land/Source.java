package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.topic.Topics;
import java.util.Map;
import java.util.Optional;

/**
 * A topic and the dataset that its records belong to.
 *
 * @param topic the topic's name
 * @param dataset the dataset's name
 */
public record Source(String topic, DatasetName dataset) {
  /**
   * The dataset of a topic: what the configuration says, else the name behind {@code data.} by the
   * rule of {@link DatasetName#from}; empty if the topic is no dataset's.
   */
  public static Optional<Source> of(String topic, LakehouseConfig config) {
    return of(topic, config.topics());
  }

  static Optional<Source> of(String topic, Map<String, String> mapped) {
    String dataset = mapped.get(topic);
    if (dataset != null) {
      return Optional.of(new Source(topic, new DatasetName(dataset)));
    }
    if (!topic.startsWith(Topics.DATA_PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Source(topic, DatasetName.from(topic.substring(Topics.DATA_PREFIX.length()))));
    } catch (IllegalArgumentException nothingLeftOfTheName) {
      return Optional.empty();
    }
  }
}
