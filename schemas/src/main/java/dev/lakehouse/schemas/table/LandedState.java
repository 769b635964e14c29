package dev.lakehouse.schemas.table;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * What a table says of how far it has read its topic: table properties written by the same atomic
 * commit as the rows. A table that was declared, with the {@link MetadataColumns} behind its own,
 * says no offsets; landing takes it over with the topic's first record, or a few seconds after the
 * topic was made, and reads from the earliest.
 *
 * @param topic the topic's name
 * @param topicId the topic's id when the table was created; a topic made anew has another
 * @param offsets next offset of each partition
 * @param quarantined records of the topic that could not become rows, so far
 */
public record LandedState(String topic, String topicId, OffsetVector offsets, long quarantined) {
  public static final String TOPIC = "lakehouse.topic";
  public static final String TOPIC_ID = "lakehouse.topic-id";

  /** Also in the summary of each snapshot that landed rows. */
  public static final String OFFSETS = "lakehouse.offsets";

  public static final String QUARANTINED = "lakehouse.quarantined";

  /** The state in these table properties, or empty if no landing made the table. */
  public static Optional<LandedState> in(Map<String, String> properties) {
    return properties.containsKey(TOPIC)
        ? Optional.of(
            new LandedState(
                properties.get(TOPIC),
                properties.getOrDefault(TOPIC_ID, ""),
                OffsetVector.parse(properties.getOrDefault(OFFSETS, "")),
                Long.parseLong(properties.getOrDefault(QUARANTINED, "0"))))
        : Optional.empty();
  }

  /** The state of a table as it was last loaded. */
  public static Optional<LandedState> of(Table table) {
    return in(table.properties());
  }
}
