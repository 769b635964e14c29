package dev.lakehouse.jobs;

import dev.lakehouse.jobs.land.LogReader;
import dev.lakehouse.jobs.land.Range;
import dev.lakehouse.jobs.land.Source;
import dev.lakehouse.jobs.land.StoppedException;
import dev.lakehouse.jobs.log.KafkaLogReader;
import dev.lakehouse.jobs.log.StatusReader;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.event.LandingState;
import dev.lakehouse.schemas.event.LandingStatus;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares what tables have recorded with where their topics end. What was found to be level is not
 * looked at again until its topic grows, so idling costs two questions to the broker. For one
 * thread.
 */
final class LagReader implements AutoCloseable {
  private final LakehouseConfig config;
  private final LakeCatalog catalog;
  private final KafkaLogReader log;
  private final StatusReader statuses;

  /** By topic id: a topic made anew is not level because the one before it was. */
  private final Map<String, DatasetLag> level = new HashMap<>();

  private final Map<TopicPartition, Range> empty = new HashMap<>();

  LagReader(
      LakehouseConfig config, KafkaClients clients, SchemaRegistry registry, LakeCatalog catalog) {
    this.config = config;
    this.catalog = catalog;
    this.log = new KafkaLogReader(clients);
    this.statuses = new StatusReader(clients, registry);
  }

  List<DatasetLag> read() throws IOException {
    List<Source> sources =
        log.topics().stream()
            .sorted()
            .map(topic -> Source.of(topic, config))
            .flatMap(Optional::stream)
            .toList();
    Map<String, LogReader.TopicState> states =
        log.states(sources.stream().map(Source::topic).toList());
    Map<String, LandingStatus> said = statuses.read();
    List<DatasetLag> lags = new ArrayList<>();
    for (Source source : sources) {
      LogReader.TopicState state = states.get(source.topic());
      if (state != null) {
        lags.add(lag(source, state, said));
      }
    }
    return lags;
  }

  private DatasetLag lag(Source source, LogReader.TopicState state, Map<String, LandingStatus> said)
      throws IOException {
    LandingStatus status = said.getOrDefault(source.topic(), said.get(source.dataset().value()));
    boolean stopped = status != null && status.getState() == LandingState.STOPPED;
    Map<Integer, Long> ends = new HashMap<>();
    state.partitions().forEach((partition, range) -> ends.put(partition, range.end()));
    OffsetVector end = new OffsetVector(ends);
    DatasetLag before = level.get(state.id());
    if (before != null && before.ends().equals(end) && !stopped) {
      return before;
    }
    Optional<LandedState> landed = catalog.table(source.dataset()).flatMap(LandedState::of);
    OffsetVector recorded = landed.map(LandedState::offsets).orElse(OffsetVector.NONE);
    long behind = 0;
    for (Map.Entry<Integer, Range> entry : state.partitions().entrySet()) {
      long from = landed.isPresent() ? recorded.of(entry.getKey()) : entry.getValue().start();
      Range left = new Range(from, entry.getValue().end());
      if (!left.isEmpty() && !isEmpty(new TopicPartition(source.topic(), entry.getKey()), left)) {
        behind += left.end() - left.start();
      }
    }
    DatasetLag lag =
        new DatasetLag(
            source.dataset(),
            source.topic(),
            recorded,
            end,
            behind,
            stopped && status != null ? status.getCode() : DatasetLag.RUNNING,
            stopped && status != null ? status.getReason() : "");
    if (behind == 0 && !stopped) {
      level.put(state.id(), lag);
    } else {
      level.remove(state.id());
    }
    return lag;
  }

  /** Whether the range holds nothing but markers and aborted records. */
  private boolean isEmpty(TopicPartition place, Range range) throws IOException {
    if (range.equals(empty.get(place))) {
      return true;
    }
    try {
      long first = log.read(place.topic(), place.partition(), range, 0, record -> {});
      if (first < range.end()) {
        return false;
      }
    } catch (StoppedException gone) {
      return false;
    }
    empty.put(place, range);
    return true;
  }

  @Override
  public void close() {
    statuses.close();
    log.close();
  }
}
