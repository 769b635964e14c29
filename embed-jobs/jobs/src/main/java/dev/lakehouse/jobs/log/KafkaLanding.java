package dev.lakehouse.jobs.log;

import dev.lakehouse.jobs.land.LogReader;
import dev.lakehouse.jobs.land.Range;
import dev.lakehouse.jobs.land.StoppedException;
import dev.lakehouse.jobs.maintain.Landing;
import dev.lakehouse.schemas.event.LandingState;
import dev.lakehouse.schemas.event.LandingStatus;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;

/** Tells what the landing has left to do from the topics and what the table says. */
public final class KafkaLanding implements Landing {
  private final KafkaLogReader log;
  private final StatusReader statuses;

  public KafkaLanding(KafkaLogReader log, StatusReader statuses) {
    this.log = log;
    this.statuses = statuses;
  }

  @Override
  public Optional<String> unsettled(DatasetName dataset, Table table) throws IOException {
    table.refresh();
    Optional<LandedState> landed = LandedState.of(table);
    if (landed.isEmpty()) {
      return Optional.of("no landing feeds the table, and others may be writing to it");
    }
    LandedState state = landed.get();
    LandingStatus status = statuses.read().get(dataset.value());
    if (status != null && status.getState() == LandingState.STOPPED) {
      return Optional.of("landing has stopped: " + status.getCode());
    }
    LogReader.TopicState topic = log.states(List.of(state.topic())).get(state.topic());
    if (topic == null || !topic.id().equals(state.topicId())) {
      return Optional.of(
          "the topic " + state.topic() + " is not the one that the table was fed by");
    }
    for (Map.Entry<Integer, Range> entry : topic.partitions().entrySet()) {
      int partition = entry.getKey();
      Range left = new Range(state.offsets().of(partition), entry.getValue().end());
      if (!left.isEmpty() && !isEmpty(state.topic(), partition, left)) {
        return Optional.of(
            "landing is behind: partition "
                + partition
                + " has records from offset "
                + left.start()
                + " on that are not in the table");
      }
    }
    return Optional.empty();
  }

  /** Whether the range holds nothing but markers and aborted records. */
  private boolean isEmpty(String topic, int partition, Range range) throws IOException {
    try {
      return log.read(topic, partition, range, 0, record -> {}) >= range.end();
    } catch (StoppedException gone) {
      return false;
    }
  }
}
