package dev.lakehouse.ingest.dataset;

import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.schemas.event.ChangeState;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Renames a dataset step by step. Until all of it has landed nothing is changed that cannot be
 * taken back; from then on it only goes forward. Each step may be taken again, and does nothing
 * more where it was taken before. For one thread.
 *
 * <p>The old topic goes before the table gets its new name, so that whoever lands meanwhile, even
 * after a crash, finds no records that would make a table of the old name; the new topic comes
 * after the table has let go of the old one, so that whoever lands takes it over as a declared one.
 */
final class Renaming {
  /** The largest batch that the marker of a transaction makes, and hardly any record. */
  private static final String MARKERS_ONLY = "78";

  private static final String LARGEST = "max.message.bytes";

  /** Within this a setting of a topic is known to its brokers. */
  private static final Duration TO_FREEZE = Duration.ofMillis(500);

  /** After this a dataset that does not land is left as it is. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Classification is a second behind at most while it runs. */
  private static final Duration FINDINGS_PATIENCE = Duration.ofSeconds(20);

  private final KafkaClients clients;
  private final Admin admin;
  private final ChangeLog changes;
  private final DatasetGate gate;
  private final Datasets datasets;
  private final DataTopics topics;
  private final Drained drained;
  private final SchemaRegistry registry;
  private final LakeFiles tables;
  private final IngestEnd end;
  private final FindingsTopic findings;
  private final Clock clock;
  private final Map<String, Long> frozen = new HashMap<>();

  Renaming(
      KafkaClients clients,
      Admin admin,
      ChangeLog changes,
      DatasetGate gate,
      Datasets datasets,
      DataTopics topics,
      SchemaRegistry registry,
      LakeFiles tables,
      IngestEnd end,
      FindingsTopic findings,
      Clock clock) {
    this.clients = clients;
    this.admin = admin;
    this.changes = changes;
    this.gate = gate;
    this.datasets = datasets;
    this.topics = topics;
    this.drained = new Drained(clients, topics);
    this.registry = registry;
    this.tables = tables;
    this.end = end;
    this.findings = findings;
    this.clock = clock;
  }

  /**
   * Takes the steps that can be taken now.
   *
   * @return the change as far as it has come
   */
  DatasetChange goOn(DatasetChange change, Steps steps) {
    DatasetChange now = change.getState() == ChangeState.ASKED ? prepare(change, steps) : change;
    return now.getState() == ChangeState.MOVING ? move(now, steps) : now;
  }

  private static DatasetName from(DatasetChange change) {
    return new DatasetName(change.getDataset());
  }

  private static DatasetName to(DatasetChange change) {
    return new DatasetName(String.valueOf(change.getTo()));
  }

  private DatasetChange prepare(DatasetChange change, Steps steps) {
    steps.before(change, "drain");
    boolean late = clock.instant().isAfter(change.getAskedAt().plus(PATIENCE));
    String waiting = waitingFor(change);
    if (waiting.isEmpty()) {
      Optional<List<ByteBuffer>> known = findings(change);
      if (known.isPresent() && gate.seal(from(change))) {
        steps.before(change, "moving");
        return written(
            DatasetChange.newBuilder(change)
                .setState(ChangeState.MOVING)
                .setReason("")
                .setFindings(known.get()));
      }
      return change;
    } else if (late) {
      topics.set(change.getTopic(), LARGEST, change.getSettings().get(LARGEST));
      frozen.remove(change.getIncarnation());
      return written(
          DatasetChange.newBuilder(change).setState(ChangeState.GIVEN_UP).setReason(waiting));
    }
    return waiting.equals(change.getReason())
        ? change
        : written(DatasetChange.newBuilder(change).setReason(waiting));
  }

  private DatasetChange written(DatasetChange.Builder change) {
    DatasetChange made = change.setUpdatedAt(clock.instant()).build();
    changes.write(made);
    return made;
  }

  /** What it waits for, in words; empty if all of it is in the table. */
  private String waitingFor(DatasetChange change) {
    long unread = end.unread(change);
    int inside = gate.inside(from(change));
    if (unread > 0 || inside > 0) {
      return "waits for " + Math.max(unread, inside) + " ingests to be read";
    } else if (change.getTopic().isEmpty()) {
      return "";
    }
    return isFrozen(change) && drained.isDrained(change.getTopic(), recorded(change))
        ? ""
        : "waits until all of topic " + change.getTopic() + " is in the table";
  }

  /** Whether the topic takes no more records, and did so for long enough that brokers know. */
  private boolean isFrozen(DatasetChange change) {
    Long since = frozen.get(change.getIncarnation());
    if (since == null) {
      topics.set(change.getTopic(), LARGEST, MARKERS_ONLY);
      frozen.put(change.getIncarnation(), System.nanoTime());
      return false;
    }
    return System.nanoTime() - since > TO_FREEZE.toNanos();
  }

  private OffsetVector recorded(DatasetChange change) {
    return tables
        .find(from(change))
        .flatMap(LandedState::of)
        .map(LandedState::offsets)
        .orElse(OffsetVector.NONE);
  }

  /** What is known of the columns once that reaches to the end, or time is up. */
  private Optional<List<ByteBuffer>> findings(DatasetChange change) {
    OffsetVector recorded = recorded(change);
    Map<String, byte[]> known = findings.of(change.getIncarnation());
    List<ByteBuffer> whole =
        known.values().stream()
            .filter(value -> Inherited.isWhole(findings.read(value), recorded))
            .map(ByteBuffer::wrap)
            .toList();
    int leaves =
        tables.find(from(change)).map(table -> Inherited.leaves(table.schema()).size()).orElse(0);
    boolean late = clock.instant().isAfter(change.getAskedAt().plus(FINDINGS_PATIENCE));
    return whole.size() >= leaves || Inherited.isNothing(recorded) || late
        ? Optional.of(whole)
        : Optional.empty();
  }

  private DatasetChange move(DatasetChange change, Steps steps) {
    DatasetName from = from(change);
    datasets.forget(from);
    if (!change.getTopic().isEmpty()) {
      steps.before(change, "old topic");
      if (!topics.delete(change.getTopic(), change.getTopicId())) {
        return change;
      }
    }
    steps.before(change, "table");
    try {
      tables.rename(from, to(change), change.getTableId());
    } catch (AlreadyExistsException taken) {
      // Somebody else's records made a table of that name meanwhile; the dataset keeps its own.
      return written(
          DatasetChange.newBuilder(change)
              .setTo(change.getDataset())
              .setReason("the name was taken meanwhile: the dataset keeps its own"));
    }
    DatasetName to = to(change);
    List<ColumnFinding> known = change.getFindings().stream().map(findings::read).toList();
    steps.before(change, "properties");
    Optional<Table> table = tables.find(to);
    if (table.isPresent()) {
      tables.letGo(
          to, change.getTableId(), change.getIncarnation(), Inherited.of(table.get(), known));
    }
    steps.before(change, "subjects");
    register(change.getTopic() + "-value", Topics.dataSubject(to));
    register(change.getTopic() + "-key", Topics.keySubject(to));
    steps.before(change, "new topic");
    String successor = newTopic(change, to);
    steps.before(change, "findings");
    findings.publish(
        Inherited.carried(
            known, successor, to.value(), Topics.data(to), findings.of(successor).keySet()));
    steps.before(change, "old subjects");
    if (!from.equals(to) && topics.find(change.getTopic()).isEmpty()) {
      registry.delete(change.getTopic() + "-value");
      registry.delete(change.getTopic() + "-key");
    }
    findings.forget(change.getIncarnation(), from.equals(to) ? List.of() : List.of(from.value()));
    steps.before(change, "done");
    return written(
        DatasetChange.newBuilder(change).setState(ChangeState.DONE).setSuccessor(successor));
  }

  private void register(String old, String subject) {
    if (!old.equals(subject)) {
      registry.latest(old).ifPresent(latest -> registry.register(subject, latest.schema()));
    }
  }

  private String newTopic(DatasetChange change, DatasetName to) {
    int partitions = change.getPartitions();
    if (partitions > 0) {
      clients.create(
          admin,
          List.of(
              new NewTopic(Topics.data(to), Optional.of(partitions), Optional.empty())
                  .configs(change.getSettings())));
    }
    datasets.forget(to);
    TopicDescription made = datasets.ensure(to);
    return made.topicId().toString();
  }
}
