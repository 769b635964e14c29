package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.topic.Topics;
import java.util.Optional;

/**
 * A topic and the dataset that its records belong to.
 *
 * @param topic the topic's name
 * @param dataset the dataset's name
 */
public record Source(String topic, DatasetName dataset) {
  /** The topic with its dataset by the rule of {@link Topics#dataset}; empty if it has none. */
  public static Optional<Source> of(String topic, LakehouseConfig config) {
    return Topics.dataset(topic, config.topics()).map(dataset -> new Source(topic, dataset));
  }
}
