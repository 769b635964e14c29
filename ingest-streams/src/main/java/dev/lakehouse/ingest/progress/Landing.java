package dev.lakehouse.ingest.progress;

import dev.lakehouse.ingest.progress.Incarnations.Fate;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.Map;
import java.util.Optional;

/** Tells from the tables how much of an ingest can be queried. */
public final class Landing {
  private static final int MOST_DONE = 10_000;

  private final LakeCatalog catalog;
  private final ProgressLog log;
  private final LandingQuarantine quarantine;
  private final Incarnations incarnations;

  /** Of ingests all of whose records the table has read, how many those were. */
  private final Recent<String, Long> done = new Recent<>(MOST_DONE);

  public Landing(
      LakeCatalog catalog,
      ProgressLog log,
      LandingQuarantine quarantine,
      Incarnations incarnations) {
    this.incarnations = incarnations;
    this.catalog = catalog;
    this.log = log;
    this.quarantine = quarantine;
  }

  /** The ingest as a caller sees it now. */
  public IngestView view(IngestProgress progress) {
    Fate fate = incarnations.of(progress);
    if (fate instanceof Fate.Deleted && progress.getState() == IngestState.READ) {
      return IngestView.deleted(
          progress, progress.getRowsQuarantined() + quarantine.count(progress.getIngestId()));
    }
    long inTable = 0;
    boolean over = progress.getState() == IngestState.READ;
    long written = ProgressLog.written(progress);
    boolean known = done.find(progress.getIngestId()).filter(all -> all == written).isPresent();
    if (over && (known || hasLeft(fate))) {
      inTable = written;
    } else if (!progress.getEndOffsets().isEmpty()) {
      inTable = landed(progress, written);
    }
    boolean landed = over && inTable == written;
    if (landed) {
      done.put(progress.getIngestId(), written);
      log.forgetCheckpoints(progress.getIngestId());
    }
    long refused = quarantine.count(progress.getIngestId());
    return IngestView.of(
        named(progress),
        landed,
        Math.max(0, inTable - refused),
        Math.max(0, progress.getRowsQuarantined() + refused - progress.getRowsReplayed()));
  }

  /** How many of the ingest's records the landing refused. */
  public long refused(String ingestId) {
    return quarantine.count(ingestId);
  }

  /** Whether the table has read all that was written of the ingest so far. */
  public boolean hasAll(IngestProgress progress) {
    return progress.getEndOffsets().isEmpty()
        || hasLeft(incarnations.of(progress))
        || offsets(progress)
            .filter(offsets -> offsets.reaches(Checkpoints.vector(progress.getEndOffsets())))
            .isPresent();
  }

  /** The dataset that its rows are in, by its present name. */
  public DatasetName dataset(IngestProgress progress) {
    return new DatasetName(incarnations.dataset(progress).orElse(progress.getDataset()));
  }

  /** The same; empty of an upload that was cut off before it said where to. */
  Optional<DatasetName> legalDataset(IngestProgress progress) {
    return Optional.of(incarnations.dataset(progress).orElse(progress.getDataset()))
        .filter(DatasetName::isLegal)
        .map(DatasetName::new);
  }

  private IngestProgress named(IngestProgress progress) {
    String name = incarnations.dataset(progress).orElse(progress.getDataset());
    return name.equals(progress.getDataset())
        ? progress
        : IngestProgress.newBuilder(progress).setDataset(name).build();
  }

  /** Whether nothing more of the topic it was written to can land, since all has or will never. */
  private static boolean hasLeft(Fate fate) {
    return !(fate instanceof Fate.Current);
  }

  private long landed(IngestProgress progress, long written) {
    Optional<OffsetVector> offsets = offsets(progress);
    if (offsets.isEmpty()) {
      return 0;
    }
    Map<String, Long> end = progress.getEndOffsets();
    return offsets.get().reaches(Checkpoints.vector(end))
        ? written
        : log.checkpoints(progress.getIngestId()).rowsBelow(offsets.get());
  }

  private Optional<OffsetVector> offsets(IngestProgress progress) {
    return DatasetName.isLegal(progress.getDataset())
        ? catalog
            .table(new DatasetName(progress.getDataset()))
            .flatMap(LandedState::of)
            .filter(state -> state.topicId().equals(progress.getTopicId()))
            .map(LandedState::offsets)
        : Optional.empty();
  }
}
