package dev.lakehouse.schemas.topic;

import dev.lakehouse.schemas.event.AuditRecord;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.event.DocumentText;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.LandingStatus;
import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.event.Replayed;
import dev.lakehouse.schemas.event.SnapshotUse;
import dev.lakehouse.schemas.name.DatasetName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** Every topic of the house. */
public final class Topics {
  /** Topics of datasets are {@code data.<dataset>}. */
  public static final String DATA_PREFIX = "data.";

  private static final String RETENTION = "retention.ms";
  private static final String RETENTION_BYTES = "retention.bytes";
  private static final String CLEANUP = "cleanup.policy";

  /** How far ahead of the broker's clock a record's timestamp may be, in ms. */
  private static final String ANY_TIME = "message.timestamp.after.max.ms";

  private static final String LARGEST = "max.message.bytes";

  /** Files that are whole in the object store; key: sha256; kept for ever. */
  public static final Topic<FileArrived> FILES =
      new Topic<>(
          "ingest.files", FileArrived.class, 4, Map.of(RETENTION, "-1", RETENTION_BYTES, "-1"));

  /** How far each ingest has come; key: ingest id; compacted, and soon, so that it is read fast. */
  public static final Topic<IngestProgress> PROGRESS =
      new Topic<>(
          "ingest.progress",
          IngestProgress.class,
          4,
          Map.of(
              CLEANUP,
              "compact",
              LARGEST,
              "4194304",
              "segment.bytes",
              "33554432",
              "segment.ms",
              "21600000"));

  /**
   * What could not be used; key: ingest id or place; kept for ever unless the operator says less.
   */
  public static final Topic<Quarantined> QUARANTINE =
      new Topic<>(
          "ingest.quarantine",
          Quarantined.class,
          4,
          Map.of(RETENTION, "-1", RETENTION_BYTES, "-1", LARGEST, "4194304"));

  /** What was taken out of quarantine again; key: dataset; kept as long as what it speaks of. */
  public static final Topic<Replayed> REPLAYS =
      new Topic<>(
          "ingest.replays", Replayed.class, 1, Map.of(RETENTION, "-1", RETENTION_BYTES, "-1"));

  /** The texts of documents, page by page; key: document id; kept for ever. */
  public static final Topic<DocumentText> DOCUMENTS =
      new Topic<>(
          "documents",
          DocumentText.class,
          4,
          Map.of(RETENTION, "-1", RETENTION_BYTES, "-1", LARGEST, "4194304"));

  /** Whether each dataset's landing runs; key: dataset; compacted. */
  public static final Topic<LandingStatus> LANDING =
      new Topic<>("landing.status", LandingStatus.class, 1, Map.of(CLEANUP, "compact"));

  /**
   * What is known of each column's personal data; key: {@link #findingKey}; compacted, in small
   * segments, since every column's offsets move with its table's.
   */
  public static final Topic<ColumnFinding> FINDINGS =
      new Topic<>(
          "catalog.findings",
          ColumnFinding.class,
          1,
          Map.of(
              CLEANUP,
              "compact",
              ANY_TIME,
              "9223372036854775807",
              "segment.bytes",
              "8388608",
              "segment.ms",
              "3600000",
              "min.cleanable.dirty.ratio",
              "0.2"));

  /**
   * What became of datasets by name: those that were renamed or deleted; key: the dataset's
   * incarnation; compacted, and never forgotten, since ingests of long ago name it.
   */
  public static final Topic<DatasetChange> CHANGES =
      new Topic<>("catalog.changes", DatasetChange.class, 1, Map.of(CLEANUP, "compact"));

  /** Datasets that are made of queries, and how each stands; key: dataset; compacted. */
  public static final Topic<DerivedTable> DERIVED =
      new Topic<>(
          "catalog.derived",
          DerivedTable.class,
          1,
          Map.of(CLEANUP, "compact", LARGEST, "4194304", "segment.ms", "21600000"));

  /** What was made of what: OpenLineage run events as JSON; key: run id. */
  public static final String LINEAGE = "catalog.lineage";

  private static final String LINEAGE_KEPT_MS = "7776000000";

  /**
   * The upkeep of tables, asked for and done; key: the run's id; compacted, and forgotten after a
   * week.
   */
  public static final Topic<MaintainRun> MAINTAIN =
      new Topic<>(
          "maintain.runs",
          MaintainRun.class,
          1,
          Map.of(
              CLEANUP,
              "compact,delete",
              RETENTION,
              "604800000",
              "segment.bytes",
              "8388608",
              "segment.ms",
              "3600000"));

  /**
   * Snapshots that queries read of late, which are not to be expired; key: {@link #snapshotKey};
   * compacted, and forgotten after two days.
   */
  public static final Topic<SnapshotUse> SNAPSHOTS =
      new Topic<>(
          "query.snapshots",
          SnapshotUse.class,
          1,
          Map.of(
              CLEANUP,
              "compact,delete",
              RETENTION,
              "172800000",
              "segment.bytes",
              "8388608",
              "segment.ms",
              "3600000"));

  /**
   * Who did what, and what was refused; key: principal; kept for a year unless the operator says
   * otherwise.
   */
  public static final Topic<AuditRecord> AUDIT =
      new Topic<>(
          "audit",
          AuditRecord.class,
          1,
          Map.of(
              CLEANUP,
              "delete",
              RETENTION,
              "31536000000",
              RETENTION_BYTES,
              "-1",
              LARGEST,
              "4194304"));

  private Topics() {}

  /** The topics that exist whatever the datasets are. */
  public static List<Topic<?>> all() {
    return List.of(
        FILES,
        PROGRESS,
        QUARANTINE,
        REPLAYS,
        DOCUMENTS,
        LANDING,
        FINDINGS,
        CHANGES,
        DERIVED,
        MAINTAIN,
        SNAPSHOTS,
        AUDIT);
  }

  /**
   * The key of a column's finding.
   *
   * @param incarnation the topic id as text, as in {@link
   *     dev.lakehouse.schemas.table.LandedState#topicId}
   * @param fieldId the column's Iceberg field id
   */
  public static String findingKey(String incarnation, int fieldId) {
    return incarnation + "/" + fieldId;
  }

  /** The key of a snapshot that a query read. */
  public static String snapshotKey(DatasetName dataset, long snapshotId) {
    return dataset.value() + "/" + snapshotId;
  }

  /** The topic of a dataset's records. */
  public static String data(DatasetName dataset) {
    return DATA_PREFIX + dataset.value();
  }

  /**
   * The dataset of a topic: what the configuration says, else the name behind {@code data.} by the
   * rule of {@link DatasetName#from}; empty if the topic is no dataset's.
   *
   * @param mapped the configuration's {@code [topics]}: topic → dataset
   */
  public static Optional<DatasetName> dataset(String topic, Map<String, String> mapped) {
    String dataset = mapped.get(topic);
    if (dataset != null) {
      return Optional.of(new DatasetName(dataset));
    }
    if (!topic.startsWith(DATA_PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(DatasetName.from(topic.substring(DATA_PREFIX.length())));
    } catch (IllegalArgumentException nothingLeftOfTheName) {
      return Optional.empty();
    }
  }

  /** What to ask of the broker for the topic of lineage: kept for 90 days. */
  public static NewTopic lineageTopic() {
    return new NewTopic(LINEAGE, Optional.of(1), Optional.empty())
        .configs(Map.of(CLEANUP, "delete", RETENTION, LINEAGE_KEPT_MS));
  }

  /** The registry subject of a dataset's values (TopicNameStrategy). */
  public static String dataSubject(DatasetName dataset) {
    return data(dataset) + "-value";
  }

  /** The registry subject of a keyed dataset's keys: an Avro record of the key columns. */
  public static String keySubject(DatasetName dataset) {
    return data(dataset) + "-key";
  }

  /**
   * What to ask of the broker for a dataset's topic. Nothing is deleted by time or size: the
   * janitor removes what every consumer has recorded.
   */
  public static NewTopic dataTopic(DatasetName dataset, int partitions) {
    return new NewTopic(data(dataset), Optional.of(partitions), Optional.empty())
        .configs(Map.of(CLEANUP, "delete", RETENTION, "-1", RETENTION_BYTES, "-1"));
  }
}
