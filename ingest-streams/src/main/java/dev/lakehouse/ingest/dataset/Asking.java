package dev.lakehouse.ingest.dataset;

import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.DatasetGate.Closing;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.schemas.event.ChangeKind;
import dev.lakehouse.schemas.event.ChangeState;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what is asked of a dataset, and has it done. */
final class Asking {
  /** Who asks hears the end of it if that comes within this. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long LOOK_MS = 20;

  private final ChangeLog changes;
  private final Changer changer;
  private final DatasetGate gate;
  private final Datasets datasets;
  private final DataTopics topics;
  private final Deletion deletion;
  private final Clock clock;

  Asking(
      ChangeLog changes,
      Changer changer,
      DatasetGate gate,
      Datasets datasets,
      DataTopics topics,
      Deletion deletion,
      Clock clock) {
    this.changes = changes;
    this.changer = changer;
    this.gate = gate;
    this.datasets = datasets;
    this.topics = topics;
    this.deletion = deletion;
    this.clock = clock;
  }

  /**
   * Has the dataset deleted, if the caller says what is to be gone.
   *
   * @param confirm what the first answer told; null if it is the first
   * @return how far it has come within a few seconds
   * @throws ProblemException 404 if there is no such dataset, 409 otherwise
   */
  DatasetChange delete(DatasetName name, @Nullable String confirm, String actor) {
    Optional<DatasetChange> running = changes.unfinished(name);
    if (running.filter(change -> change.getKind() == ChangeKind.DELETE).isPresent()) {
      return await(running.get());
    }
    refuseMapped(name);
    gate.refuseDerived(name);
    Doomed doomed = found(name);
    if (confirm == null || !confirm.equals(doomed.confirm())) {
      throw Deletion.confirmNeeded(doomed, confirm != null).toException();
    }
    return closed(
        List.of(name),
        Closing.DELETING,
        () -> {
          // Looked at again, since it may have changed before it was closed.
          Doomed now = found(name);
          if (!confirm.equals(now.confirm())) {
            throw Deletion.confirmNeeded(now, true).toException();
          }
          return asked(now, ChangeKind.DELETE, actor).build();
        });
  }

  /**
   * Has the dataset renamed.
   *
   * @return how far it has come within a few seconds
   * @throws ProblemException 404 if there is no such dataset, 409 otherwise
   */
  DatasetChange rename(DatasetName name, DatasetName to, String actor) {
    refuseMapped(name);
    refuseMapped(to);
    gate.refuseDerived(name);
    found(name);
    if (name.equals(to)) {
      throw Creator.taken("it is the dataset's own name");
    }
    return closed(
        List.of(name, to),
        Closing.RENAMING,
        () -> {
          if (deletion.look(to).isPresent()) {
            throw Creator.taken("there is a dataset '" + to + "', or a topic of its name");
          } else if (gate.inside(to) > 0 || deletion.isAwaited(to)) {
            throw Creator.taken("records of dataset '" + to + "' are being written");
          }
          Doomed now = found(name);
          if (!now.topicId().isEmpty() && !now.topicId().equals(now.incarnation())) {
            throw Problem.of(
                    409,
                    "topic_recreated",
                    "The dataset's topic is another one",
                    "topic " + now.topic() + " was deleted and made again by somebody")
                .hint("delete the topic, or land it under another name by [topics]")
                .toException();
          }
          String topic = now.topic();
          return asked(now, ChangeKind.RENAME, actor)
              .setTo(to.value())
              .setPartitions(
                  topic == null
                      ? 0
                      : topics.find(topic).map(found -> found.partitions().size()).orElse(0))
              .setSettings(topic == null ? Map.of() : topics.settings(topic))
              .build();
        });
  }

  private interface Checked {
    DatasetChange change();
  }

  /** Closes the names, checks, and writes down; they stay closed only if that went well. */
  private DatasetChange closed(List<DatasetName> names, Closing why, Checked checked) {
    int closed = 0;
    boolean asked = false;
    try {
      for (DatasetName name : names) {
        if (!gate.close(name, why)) {
          throw DatasetGate.changing(name, why).toException();
        }
        closed++;
      }
      DatasetChange change = checked.change();
      changer.ask(change);
      asked = true;
      return await(change);
    } finally {
      if (!asked) {
        names.subList(0, closed).forEach(gate::open);
      }
    }
  }

  private DatasetChange.Builder asked(Doomed now, ChangeKind kind, String actor) {
    String topic = now.topic();
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return DatasetChange.newBuilder()
        .setIncarnation(now.incarnation())
        .setKind(kind)
        .setState(ChangeState.ASKED)
        .setDataset(now.dataset())
        .setTopic(topic == null ? "" : topic)
        .setTopicId(now.topicId())
        .setTableId(now.tableId())
        .setLocation(now.location())
        .setPartitions(0)
        .setSettings(Map.of())
        .setFindings(List.of())
        .setReason("")
        .setActor(actor)
        .setAskedAt(at)
        .setUpdatedAt(at);
  }

  private Doomed found(DatasetName name) {
    return deletion
        .look(name)
        .orElseThrow(
            () ->
                Problem.of(
                        404,
                        "unknown_dataset",
                        "There is no such dataset",
                        "there is no dataset '" + name + "'")
                    .hint("GET /catalog/datasets lists them")
                    .toException());
  }

  private void refuseMapped(DatasetName name) {
    if (!datasets.ownsTopic(name)) {
      throw Problem.of(
              409,
              "dataset_mapped",
              "The dataset's topic belongs to others",
              "dataset '" + name + "' is fed by topic " + datasets.topic(name))
          .hint("take the topic out of [topics] and start again; then it can be done")
          .toException();
    }
  }

  private DatasetChange await(DatasetChange change) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      DatasetChange now = changes.find(change.getIncarnation()).orElse(change);
      if (ChangeLog.isOver(now) || System.nanoTime() > until) {
        return now;
      }
      try {
        Thread.sleep(LOOK_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return now;
      }
    }
  }
}
