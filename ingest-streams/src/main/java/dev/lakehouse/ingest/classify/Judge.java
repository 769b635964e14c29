package dev.lakehouse.ingest.classify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the evidence of datasets and says what it amounts to: at once when there is something new,
 * and then at most once a second for a dataset. What the log no longer has is read from the table;
 * until that is done its findings say that they are not complete.
 */
final class Judge implements Processor<String, byte[], String, @Nullable ColumnFinding> {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
  private static final Duration ROUND = Duration.ofMillis(200);
  private static final Duration GONE_ROUND = Duration.ofSeconds(10);

  /**
   * What it asks of the world.
   *
   * @param datasetOf the dataset of a topic
   * @param version of the rules
   */
  record Parts(
      Function<String, Optional<String>> datasetOf,
      TopicLook topics,
      TableLook tables,
      TablePast past,
      Clock clock,
      int version) {}

  private final Parts parts;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Evidence> known = new LinkedHashMap<>();
  private @Nullable ProcessorContext<String, @Nullable ColumnFinding> context;
  private @Nullable EvidenceStore store;

  Judge(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void init(ProcessorContext<String, @Nullable ColumnFinding> given) {
    EvidenceStore opened = new EvidenceStore(given.getStateStore(EvidenceStore.NAME));
    this.context = given;
    this.store = opened;
    known.putAll(opened.load());
    var unused = given.schedule(ROUND, PunctuationType.WALL_CLOCK_TIME, now -> speak());
    unused = given.schedule(GONE_ROUND, PunctuationType.WALL_CLOCK_TIME, now -> forgetGone());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Observation observation = read(record.value());
    EvidenceStore opened = store;
    Optional<String> dataset = parts.datasetOf().apply(observation.topic());
    if (dataset.isEmpty() || opened == null) {
      return;
    }
    known
        .computeIfAbsent(
            observation.incarnation(),
            incarnation ->
                new Evidence(
                    incarnation, DatasetState.of(dataset.get(), observation.topic()), opened))
        .add(observation, parts.clock().millis());
  }

  private void speak() {
    long now = parts.clock().millis();
    for (Evidence evidence : known.values()) {
      if (evidence.isDue(now)) {
        boolean all = false;
        try {
          evidence.readPast(parts.past(), now);
          all = say(evidence, now);
        } catch (RuntimeException e) {
          LOG.warn("the findings of {} cannot be given yet", evidence.dataset().dataset(), e);
        }
        evidence.spoken(all, now);
      }
    }
  }

  /** Gives a finding for every column of the table; whether all that is known has one. */
  private boolean say(Evidence evidence, long now) {
    DatasetState dataset = evidence.dataset();
    Optional<TableLook.Columns> table =
        parts.tables().columns(dataset.dataset(), evidence.incarnation());
    if (table.isEmpty()) {
      return false;
    }
    Map<String, Integer> leaves = table.get().leaves();
    for (Evidence.Column column : evidence.of(leaves, now)) {
      String key = Topics.findingKey(evidence.incarnation(), column.fieldId());
      dataset.keys().add(key);
      forward(
          key,
          Findings.withFormer(
              Findings.of(evidence, column, parts.version(), parts.clock()),
              table.get().former(),
              parts.version()));
    }
    if (store != null) {
      store.put(evidence);
    }
    return evidence.isAllOf(leaves) && dataset.unread().isEmpty();
  }

  /** Takes back the findings of topics that are no more. */
  private void forgetGone() {
    if (known.isEmpty()) {
      return;
    }
    Map<String, String> ids = parts.topics().ids();
    List<Evidence> gone =
        known.values().stream()
            .filter(evidence -> !evidence.incarnation().equals(ids.get(evidence.dataset().topic())))
            .toList();
    for (Evidence evidence : gone) {
      evidence.dataset().keys().forEach(key -> forward(key, null));
      evidence.delete();
      known.remove(evidence.incarnation());
    }
  }

  private void forward(String key, @Nullable ColumnFinding finding) {
    if (context != null) {
      context.forward(new Record<>(key, finding, parts.clock().millis()));
    }
  }

  private Observation read(byte[] bytes) {
    try {
      return json.readValue(bytes, Observation.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
