package dev.lakehouse.ingest.classify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.classify.evidence.Tally;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the evidence of datasets and says what it amounts to: at once when there is something new,
 * and then at most once a second for a dataset.
 */
final class Judge implements Processor<String, byte[], String, @Nullable ColumnFinding> {
  static final String STORE = "evidence";

  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
  private static final Duration ROUND = Duration.ofMillis(200);
  private static final Duration GONE_ROUND = Duration.ofSeconds(10);
  private static final long REST_MILLIS = 1000;
  private static final long LONGEST_REST_MILLIS = 5000;

  /** What was seen so long ago may belong to a column that has come in another's place since. */
  private static final long RECENT_MILLIS = 60_000;

  private static final String DATASET = "D/";
  private static final String COLUMN = "C/";

  /** A dataset's evidence as it is worked on; the store holds the same. */
  private static final class Evidence {
    final String incarnation;
    final DatasetState dataset;
    final Map<String, ColumnState> columns = new LinkedHashMap<>();
    boolean dirty = true;
    long notBefore;
    long rest = REST_MILLIS;

    Evidence(String incarnation, DatasetState dataset) {
      this.incarnation = incarnation;
      this.dataset = dataset;
    }
  }

  private final Function<String, Optional<String>> datasetOf;
  private final TableLook tables;
  private final TopicLook topics;
  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Evidence> known = new LinkedHashMap<>();
  private @Nullable ProcessorContext<String, @Nullable ColumnFinding> context;
  private @Nullable KeyValueStore<String, byte[]> store;

  /**
   * @param datasetOf the dataset of a topic
   */
  Judge(
      Function<String, Optional<String>> datasetOf,
      TableLook tables,
      TopicLook topics,
      Clock clock) {
    this.datasetOf = datasetOf;
    this.tables = tables;
    this.topics = topics;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, @Nullable ColumnFinding> given) {
    this.context = given;
    this.store = given.getStateStore(STORE);
    load();
    var unused = given.schedule(ROUND, PunctuationType.WALL_CLOCK_TIME, now -> speak());
    unused = given.schedule(GONE_ROUND, PunctuationType.WALL_CLOCK_TIME, now -> forgetGone());
  }

  private void load() {
    Map<String, byte[]> columns = new LinkedHashMap<>();
    try (KeyValueIterator<String, byte[]> all = store().all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (entry.key.startsWith(DATASET)) {
          String incarnation = entry.key.substring(DATASET.length());
          known.put(incarnation, new Evidence(incarnation, read(entry.value, DatasetState.class)));
        } else {
          columns.put(entry.key, entry.value);
        }
      }
    }
    columns.forEach(
        (key, value) -> {
          int slash = key.indexOf('/', COLUMN.length());
          Evidence evidence = known.get(key.substring(COLUMN.length(), slash));
          if (evidence != null) {
            evidence.columns.put(key.substring(slash + 1), read(value, ColumnState.class));
          }
        });
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Observation observation = read(record.value(), Observation.class);
    Optional<String> dataset = datasetOf.apply(observation.topic());
    if (dataset.isEmpty()) {
      return;
    }
    Evidence evidence =
        known.computeIfAbsent(
            observation.incarnation(),
            incarnation ->
                new Evidence(incarnation, DatasetState.of(dataset.get(), observation.topic())));
    if (evidence.dataset.next().getOrDefault(observation.partition(), -1L) >= observation.to()) {
      return;
    }
    evidence.dataset.cover(observation);
    long now = clock.millis();
    for (Map.Entry<String, Tally> column : observation.columns().entrySet()) {
      ColumnState state =
          evidence.columns.computeIfAbsent(
              column.getKey(),
              path -> {
                evidence.notBefore = 0;
                return ColumnState.of(path, 0);
              });
      state.add(column.getValue(), now);
      put(evidence, column.getKey(), state);
    }
    put(evidence);
    evidence.dirty = true;
    evidence.rest = REST_MILLIS;
  }

  private void speak() {
    long now = clock.millis();
    for (Evidence evidence : known.values()) {
      if (evidence.dirty && now >= evidence.notBefore) {
        try {
          evidence.dirty = !say(evidence);
        } catch (RuntimeException e) {
          LOG.warn("the findings of {} cannot be given yet", evidence.dataset.dataset(), e);
        }
        evidence.notBefore = now + (evidence.dirty ? evidence.rest / 4 : REST_MILLIS);
        evidence.rest = Math.min(LONGEST_REST_MILLIS, evidence.rest * 2);
      }
    }
  }

  /** Gives a finding for every column of the table; whether all that is known has one. */
  private boolean say(Evidence evidence) {
    DatasetState dataset = evidence.dataset;
    if (dataset.topic().equals(Topics.DOCUMENTS.name())) {
      evidence.columns.forEach(
          (path, state) -> give(evidence, evidence.incarnation + "/" + path, state, path, 0, true));
      put(evidence);
      return true;
    }
    Optional<TableLook.Columns> table = tables.columns(dataset.dataset(), evidence.incarnation);
    if (table.isEmpty()) {
      return false;
    }
    boolean complete =
        dataset.first().entrySet().stream()
            .noneMatch(
                first ->
                    first.getValue() > 0
                        && tables.hasRowsBelow(
                            dataset.dataset(), first.getKey(), first.getValue()));
    Map<Integer, ColumnState> byId = new HashMap<>();
    evidence.columns.values().forEach(state -> byId.put(state.fieldId(), state));
    Map<String, Integer> leaves = table.get().leaves();
    List<String> without = new ArrayList<>(evidence.columns.keySet());
    leaves.forEach(
        (path, id) -> {
          ColumnState state = byId.get(id);
          String own = own(evidence, path);
          if (state == null || state.path().equals(own)) {
            ColumnState named = evidence.columns.get(own);
            state = named == null ? ColumnState.of(path, id) : named;
            if (named != null && named.fieldId() != id) {
              state = adopt(evidence, named, id, leaves);
            }
            without.remove(own);
          }
          String key = Topics.findingKey(evidence.incarnation, id);
          evidence.dataset.keys().add(key);
          forward(
              key,
              Findings.withFormer(
                  Findings.of(dataset, evidence.incarnation, state, path, id, complete, clock),
                  table.get().former()));
        });
    put(evidence);
    without.removeIf(path -> path.startsWith("#"));
    return without.isEmpty();
  }

  /** The evidence's name of a table's column: as landing, without regard to case if need be. */
  private static String own(Evidence evidence, String path) {
    if (evidence.columns.containsKey(path)) {
      return path;
    }
    return evidence.columns.keySet().stream()
        .filter(own -> own.toLowerCase(Locale.ROOT).equals(path.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(path);
  }

  private ColumnState adopt(
      Evidence evidence, ColumnState state, int id, Map<String, Integer> leaves) {
    ColumnState adopted = state;
    if (state.fieldId() != 0) {
      if (leaves.containsValue(state.fieldId())) {
        String aside = "#" + state.fieldId();
        evidence.columns.put(aside, state);
        put(evidence, aside, state);
      }
      adopted = state.successor(id, clock.millis() - RECENT_MILLIS);
      evidence.columns.put(state.path(), adopted);
    }
    adopted.fieldId(id);
    put(evidence, adopted.path(), adopted);
    return adopted;
  }

  private void give(
      Evidence evidence, String key, ColumnState state, String path, int id, boolean complete) {
    evidence.dataset.keys().add(key);
    forward(
        key, Findings.of(evidence.dataset, evidence.incarnation, state, path, id, complete, clock));
  }

  /** Takes back the findings of topics that are no more. */
  private void forgetGone() {
    if (known.isEmpty()) {
      return;
    }
    Map<String, String> ids = topics.ids();
    List<Evidence> gone =
        known.values().stream()
            .filter(evidence -> !evidence.incarnation.equals(ids.get(evidence.dataset.topic())))
            .toList();
    for (Evidence evidence : gone) {
      evidence.dataset.keys().forEach(key -> forward(key, null));
      evidence.columns.keySet().forEach(path -> store().delete(key(evidence, path)));
      store().delete(DATASET + evidence.incarnation);
      known.remove(evidence.incarnation);
    }
  }

  private void forward(String key, @Nullable ColumnFinding finding) {
    if (context != null) {
      context.forward(new Record<>(key, finding, clock.millis()));
    }
  }

  private void put(Evidence evidence) {
    store().put(DATASET + evidence.incarnation, write(evidence.dataset));
  }

  private void put(Evidence evidence, String path, ColumnState state) {
    store().put(key(evidence, path), write(state));
  }

  private static String key(Evidence evidence, String path) {
    return COLUMN + evidence.incarnation + "/" + path;
  }

  private KeyValueStore<String, byte[]> store() {
    KeyValueStore<String, byte[]> opened = store;
    if (opened == null) {
      throw new IllegalStateException("the evidence is not open yet");
    }
    return opened;
  }

  private byte[] write(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T read(byte[] bytes, Class<T> type) {
    try {
      return json.readValue(bytes, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
