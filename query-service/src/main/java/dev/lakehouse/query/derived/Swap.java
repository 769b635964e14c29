package dev.lakehouse.query.derived;

import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LandedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/**
 * Commits that make a derived table's newest state one that may be shown: the files of all other
 * rows leave, and the snapshot says which generation is left. Files are told apart by when they
 * came into the table, since nothing of a generation is written before all that was written earlier
 * has landed. No data file is read or written. Not for many threads.
 */
final class Swap {
  private static final int ATTEMPTS = 50;

  private final Table table;

  /**
   * @param table nobody else's object
   */
  Swap(Table table) {
    this.table = table;
  }

  /**
   * How the table stood before a generation's first row.
   *
   * @param sequence of its newest snapshot; what is younger came later
   * @param quarantined records of its topic that could not become rows
   */
  record Before(long sequence, long quarantined) {}

  /** The table does not hold what it should: begin anew. */
  static final class DisturbedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DisturbedException(String why) {
      super(why);
    }
  }

  /** Thrown into a commit whose table is another by now; Iceberg then leaves all files. */
  private static final class MovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Which files of the table's newest state leave it. */
  private interface Leaving {
    List<DataFile> of(List<FileScanTask> files);
  }

  /** Reads how the table stands now, and sees to it that what is shown does not expire. */
  Before before() {
    table.refresh();
    tag();
    Snapshot current = table.currentSnapshot();
    return new Before(current == null ? 0 : current.sequenceNumber(), quarantined());
  }

  private long quarantined() {
    return LandedState.of(table).map(LandedState::quarantined).orElse(0L);
  }

  /** What is shown, if it is this generation. */
  Optional<Generations.Shown> shown(String generation) {
    table.refresh();
    return Generations.shown(table).filter(shown -> shown.generation().equals(generation));
  }

  /**
   * Takes out everything but the rows that landed since, and shows those.
   *
   * @param rows how many there must be
   * @param sources what they were made of, for the snapshot's summary
   * @throws DisturbedException if there are others than these rows among them, or not all of them
   */
  void show(String generation, Before before, long rows, String sources) {
    commit(
        Map.of(Generations.SUMMARY, generation, Generations.SOURCES, sources),
        files -> {
          long refused = quarantined() - before.quarantined();
          if (refused != 0) {
            throw new DisturbedException(
                refused + " rows do not fit the table any more and were quarantined");
          }
          List<DataFile> leaving = new ArrayList<>();
          long found = 0;
          for (FileScanTask file : files) {
            if (sequence(file) <= before.sequence()) {
              leaving.add(file.file());
            } else if (!file.deletes().isEmpty()) {
              throw new DisturbedException("somebody else deletes rows of the table");
            } else {
              found += file.file().recordCount();
            }
          }
          if (found != rows) {
            throw new DisturbedException(
                "the table has "
                    + found
                    + " new rows where the query has "
                    + rows
                    + ": somebody else writes to it or to its topic");
          }
          return leaving;
        });
    tag();
  }

  private static long sequence(FileScanTask task) {
    Long sequence = task.file().fileSequenceNumber();
    return sequence == null ? 0 : sequence;
  }

  /**
   * Takes out what landed behind the state that is shown; everything if none is.
   *
   * @throws DisturbedException if the shown rows are in other files by now, together with others
   */
  void restore() {
    table.refresh();
    Optional<Generations.Shown> shown = Generations.shown(table);
    Snapshot current = table.currentSnapshot();
    if (current == null || shown.filter(each -> each.snapshot().equals(current)).isPresent()) {
      return;
    }
    Set<String> kept = new HashSet<>();
    shown.ifPresent(
        each -> files(each.snapshot()).forEach(file -> kept.add(file.file().location())));
    commit(
        shown.map(Swap::notes).orElse(Map.of()),
        files -> {
          List<DataFile> leaving = new ArrayList<>();
          files.stream()
              .map(FileScanTask::file)
              .filter(file -> !kept.contains(file.location()))
              .forEach(leaving::add);
          if (files.size() - leaving.size() != kept.size()) {
            throw new DisturbedException("the table's files were rewritten meanwhile");
          }
          return leaving;
        });
  }

  private static Map<String, String> notes(Generations.Shown shown) {
    return Map.of(
        Generations.SUMMARY,
        shown.generation(),
        Generations.SOURCES,
        shown.marked().summary().getOrDefault(Generations.SOURCES, ""));
  }

  private void commit(Map<String, String> notes, Leaving leaving) {
    for (int attempt = 1; ; attempt++) {
      table.refresh();
      Snapshot base = table.currentSnapshot();
      List<DataFile> files = leaving.of(base == null ? List.of() : files(base));
      try {
        SnapshotUpdate<?> update = update(files);
        notes.forEach(update::set);
        update.validateWith(ancestors -> refuseMoved(ancestors, base));
        update.commit();
        return;
      } catch (MovedException moved) {
        if (isDone(notes, base)) {
          return;
        } else if (attempt == ATTEMPTS) {
          throw moved;
        }
      } catch (RuntimeException doubt) {
        // Whether it happened is told by the table, not by the exception.
        if (isDone(notes, base)) {
          return;
        }
        throw doubt;
      }
    }
  }

  private SnapshotUpdate<?> update(List<DataFile> leaving) {
    if (leaving.isEmpty()) {
      return table.newFastAppend();
    }
    DeleteFiles delete = table.newDelete();
    leaving.forEach(delete::deleteFile);
    return delete;
  }

  private static boolean refuseMoved(Iterable<Snapshot> ancestors, @Nullable Snapshot base) {
    Iterator<Snapshot> newest = ancestors.iterator();
    Long id = newest.hasNext() ? (Long) newest.next().snapshotId() : null;
    if (base == null ? id != null : id == null || id != base.snapshotId()) {
      throw new MovedException();
    }
    return true;
  }

  /** Whether it was committed upon this state. */
  private boolean isDone(Map<String, String> notes, @Nullable Snapshot base) {
    table.refresh();
    String generation = notes.get(Generations.SUMMARY);
    Long before = base == null ? null : (Long) base.snapshotId();
    for (Snapshot each : table.snapshots()) {
      if (generation != null
          && generation.equals(each.summary().get(Generations.SUMMARY))
          && Objects.equals(each.parentId(), before)) {
        return true;
      }
    }
    return false;
  }

  private List<FileScanTask> files(Snapshot snapshot) {
    TableScan scan = table.newScan().useSnapshot(snapshot.snapshotId());
    List<FileScanTask> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      tasks.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Lets the newest state that may be shown never expire. */
  private void tag() {
    Optional<Generations.Shown> shown = Generations.shown(table);
    if (shown.isEmpty()) {
      return;
    }
    long id = shown.get().snapshot().snapshotId();
    SnapshotRef has = table.refs().get(Generations.TAG);
    if (has != null && has.snapshotId() == id) {
      return;
    }
    ManageSnapshots refs = table.manageSnapshots();
    (has == null ? refs.createTag(Generations.TAG, id) : refs.replaceTag(Generations.TAG, id))
        .commit();
  }

  /** Makes the table one like any other; its newest state is shown from then on. */
  void release() {
    table.refresh();
    if (table.refs().containsKey(Generations.TAG)) {
      table.manageSnapshots().removeTag(Generations.TAG).commit();
    }
    if (Generations.isDerived(table)) {
      table.updateProperties().remove(Generations.PROPERTY).commit();
    }
  }
}
