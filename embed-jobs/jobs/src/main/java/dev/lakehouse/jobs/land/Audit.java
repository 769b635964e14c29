package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.table.LandedState;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * Looks from time to time at what nobody speaks of: records that were there at the last look, did
 * not come since and are not in their table are read from the log; topics that were made anew, or
 * lost what the table has not read, stop their dataset. So a position that Flink restored too far
 * ahead costs some seconds and no rows, even if nothing is ever written to the topic again.
 */
public final class Audit {
  private final LakehouseConfig config;
  private final Committer committer;
  private final LogReader log;
  private final Clock clock;
  private long lastAt;

  public Audit(LakehouseConfig config, Committer committer, LogReader log, Clock clock) {
    this.config = config;
    this.committer = committer;
    this.log = log;
    this.clock = clock;
  }

  /** Looks once at every topic of a dataset. */
  public void look() {
    long previous = lastAt;
    lastAt = clock.millis();
    List<Source> sources =
        log.topics().stream()
            .map(topic -> Source.of(topic, config))
            .flatMap(Optional::stream)
            .toList();
    Collection<String> topics = sources.stream().map(Source::topic).toList();
    Map<String, LogReader.TopicState> states = log.states(topics);
    sources.forEach(committer::lane);
    for (Source source : sources) {
      LogReader.TopicState state = states.get(source.topic());
      Lane lane = committer.lane(source);
      if (state != null && lane.stopped && !state.id().equals(lane.topicId)) {
        committer.guarded(lane, () -> committer.renew(lane));
      }
      if (state != null && !lane.stopped && lane.pending.isEmpty()) {
        committer.guarded(lane, () -> look(lane, state, previous));
      }
    }
  }

  private void look(Lane lane, LogReader.TopicState state, long previous)
      throws IOException, StoppedException {
    if (lane.backoff.notBefore() > clock.millis()) {
      return;
    }
    Map<Integer, Long> expected = lane.lastEnds;
    Map<Integer, Long> ends = new HashMap<>();
    state.partitions().forEach((partition, range) -> ends.put(partition, range.end()));
    lane.lastEnds = ends;

    if (lane.topicId != null && !lane.topicId.equals(state.id())) {
      lane.table = null;
    }
    Optional<Table> table = committer.table(lane);
    if (table.isPresent()) {
      String known = LandedState.of(table.get()).map(LandedState::topicId).orElse("");
      Committer.checkTopic(lane.source.topic(), state.id(), known);
      checkLog(lane, table.get(), state);
    }
    if (lane.lastHeard < previous && !unheard(lane, state, expected).isEmpty()) {
      reload(lane);
      Map<Integer, Range> missing = unheard(lane, state, expected);
      if (!missing.isEmpty() && !committer.readAgain(lane, missing)) {
        missing.forEach((partition, range) -> lane.emptyUpTo.put(partition, range.end()));
      }
    }
    if (table.isPresent() && unheard(lane, state, ends).isEmpty()) {
      committer.running(lane);
    }
  }

  /** What was in the log at the last look and is not in the table. */
  private static Map<Integer, Range> unheard(
      Lane lane, LogReader.TopicState state, Map<Integer, Long> expected) {
    Map<Integer, Range> ranges = new HashMap<>();
    state
        .partitions()
        .forEach(
            (partition, range) -> {
              long from = lane.table == null ? range.start() : lane.recorded.of(partition);
              long to = Math.min(range.end(), expected.getOrDefault(partition, 0L));
              if (Math.max(from, lane.emptyUpTo.getOrDefault(partition, 0L)) < to) {
                ranges.put(partition, new Range(from, to));
              }
            });
    return ranges;
  }

  private static void checkLog(Lane lane, Table table, LogReader.TopicState state)
      throws StoppedException {
    for (Map.Entry<Integer, Range> entry : state.partitions().entrySet()) {
      int partition = entry.getKey();
      Range there = entry.getValue();
      long at = lane.recorded.of(partition);
      if (there.end() < at) {
        throw new StoppedException(
            "offset_gap",
            lane.source.topic()
                + " partition "
                + partition
                + " ends at offset "
                + there.end()
                + ", but the table has read to "
                + at);
      } else if (there.start() > at) {
        reload(lane);
        long now = Committer.offsets(table).of(partition);
        if (there.start() > now) {
          throw StoppedException.gap(lane.source.topic(), partition, now, there.start());
        }
      }
    }
  }

  private static void reload(Lane lane) {
    Table table = lane.table;
    if (table != null) {
      table.refresh();
      lane.recorded = Committer.offsets(table);
    }
  }
}
