package dev.lakehouse.ingest.dataset;

import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.upload.Announcer;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Deletes a dataset step by step. Each step may be taken again, and does nothing more where it was
 * taken before, so that whoever goes on begins with the first.
 */
final class Deletion {
  private final ChangeLog changes;
  private final DatasetGate gate;
  private final Datasets datasets;
  private final DataTopics topics;
  private final SchemaRegistry registry;
  private final LakeFiles tables;
  private final ProgressLog log;
  private final IngestEnd end;
  private final Announcer announcer;
  private final FindingsTopic findings;

  Deletion(
      ChangeLog changes,
      DatasetGate gate,
      Datasets datasets,
      DataTopics topics,
      SchemaRegistry registry,
      LakeFiles tables,
      ProgressLog log,
      IngestEnd end,
      Announcer announcer,
      FindingsTopic findings) {
    this.changes = changes;
    this.gate = gate;
    this.datasets = datasets;
    this.topics = topics;
    this.registry = registry;
    this.tables = tables;
    this.log = log;
    this.end = end;
    this.announcer = announcer;
    this.findings = findings;
  }

  /** The dataset as it is now, or empty if there is none. */
  Optional<Doomed> look(DatasetName name) {
    Optional<Table> table = tables.find(name);
    String topic = datasets.topic(name);
    Optional<TopicDescription> described = topics.find(topic);
    if (table.isEmpty() && described.isEmpty()) {
      return Optional.empty();
    }
    Map<String, IngestProgress> own = new HashMap<>();
    log.files()
        .filter(progress -> isOf(name, progress) && !progress.getSha256().isEmpty())
        .forEach(progress -> own.put(progress.getSha256(), progress));
    List<IngestProgress> alone =
        own.values().stream()
            .filter(
                progress ->
                    log.files(progress.getSha256()).stream()
                        .allMatch(other -> isOf(name, other) || changes.isGone(other)))
            .toList();
    return Optional.of(Doomed.of(name, table, described, topics.stableEnds(topic), alone));
  }

  /** Whether a file that was taken for the name is still to be read. */
  boolean isAwaited(DatasetName name) {
    return log.files()
        .anyMatch(
            progress ->
                !ProgressLog.isOver(progress) && progress.getDataset().equals(name.value()));
  }

  private boolean isOf(DatasetName name, IngestProgress progress) {
    return !changes.isGone(progress) && changes.dataset(progress).equals(Optional.of(name.value()));
  }

  /**
   * Takes the steps that can be taken now.
   *
   * @return whether all were taken
   */
  boolean goOn(DatasetChange change, Steps steps) throws IOException {
    DatasetName name = new DatasetName(change.getDataset());
    if (gate.inside(name) > 0) {
      return false;
    }
    steps.before(change, "ingests");
    end.all(change, DatasetGate.deleted(name));
    steps.before(change, "texts");
    end.removeTexts(change);
    if (!change.getTopic().isEmpty()) {
      steps.before(change, "topic");
      datasets.forget(name);
      if (!topics.delete(change.getTopic(), change.getTopicId())) {
        return false;
      }
    }
    steps.before(change, "table");
    tables.drop(name, change.getTableId());
    steps.before(change, "files");
    tables.deleteFiles(change.getLocation());
    if (!change.getTopic().isEmpty() && topics.find(change.getTopic()).isEmpty()) {
      steps.before(change, "subjects");
      registry.delete(change.getTopic() + "-value");
      registry.delete(change.getTopic() + "-key");
    }
    steps.before(change, "uploads");
    deleteUploads(change);
    steps.before(change, "findings");
    findings.forget(change.getIncarnation(), List.of(name.value()));
    return true;
  }

  private void deleteUploads(DatasetChange change) throws IOException {
    List<String> own =
        log.files()
            .filter(progress -> changes.concerns(change, progress))
            .map(IngestProgress::getSha256)
            .filter(sha256 -> !sha256.isEmpty())
            .distinct()
            .toList();
    for (String sha256 : own) {
      announcer.forget(sha256, other -> !changes.concerns(change, other) && !changes.isGone(other));
    }
  }

  /** What is said to who asks for a dataset to be deleted for the first time. */
  static Problem confirmNeeded(Doomed doomed, boolean changed) {
    return Problem.of(
            409,
            "confirm_needed",
            "Say it again to delete the dataset",
            (changed ? "it has changed since you were asked; " : "") + doomed.inWords())
        .hint("ask again with ?confirm=" + doomed.confirm())
        .with("confirm", doomed.confirm())
        .with("gone", doomed);
  }
}
