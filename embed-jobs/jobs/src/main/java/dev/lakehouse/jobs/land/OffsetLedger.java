package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/**
 * Commits batches to one table by compare-and-set: a batch goes in only if the table has read
 * exactly to where it starts, and in the same atomic commit the table says that it has read to
 * where it ends. So it does not matter who else commits, nor whether an answer got lost.
 */
public final class OffsetLedger {
  private static final int ATTEMPTS = 3;

  private final Table table;

  public OffsetLedger(Table table) {
    this.table = table;
  }

  /** The table's offsets are not those that this attempt was made for. */
  private static final class MovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MovedException() {
      super("the table's recorded offsets moved");
    }
  }

  /**
   * What the table says now.
   *
   * @throws StoppedException if no landing made the table
   */
  public LandedState recorded() throws StoppedException {
    table.refresh();
    return LandedState.of(table)
        .orElseThrow(
            () ->
                new StoppedException(
                    "table_refuses",
                    "table " + table.name() + " was not made by a landing: it records no topic"));
  }

  /**
   * Commits the batch if the table is where it starts.
   *
   * @return how the batch stood to the table: {@code NEXT} if it was committed, {@code PAST} if the
   *     table has it already; else nothing was done
   * @throws RuntimeException if the catalog or the storage failed; the table does not have the
   *     batch as far as could be told, and asking again is safe
   */
  public Batch.Standing commit(Batch batch) throws StoppedException {
    RuntimeException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LandedState before = recorded();
      Batch.Standing standing = batch.against(before.offsets());
      if (standing != Batch.Standing.NEXT) {
        return standing;
      }
      try {
        write(batch, before);
        return Batch.Standing.NEXT;
      } catch (MovedException moved) {
        // Not a fault and not an attempt: look again at where the table is.
        last = moved;
      } catch (RuntimeException doubt) {
        // Whether it happened is told by the table, not by the exception.
        last = doubt;
      }
    }
    Batch.Standing standing = batch.against(recorded().offsets());
    if (standing == Batch.Standing.PAST || last == null) {
      return standing;
    }
    throw last;
  }

  private void write(Batch batch, LandedState before) {
    OffsetVector after = before.offsets().with(batch.ends());
    Transaction transaction = table.newTransaction();
    List<Function<Transaction, SnapshotUpdate<?>>> updates = updates(batch);
    for (int i = 0; i < updates.size(); i++) {
      SnapshotUpdate<?> update = updates.get(i).apply(transaction);
      update.validateWith(
          ancestors -> {
            LandedState found = LandedState.in(transaction.table().properties()).orElse(before);
            if (!found.equals(before)) {
              throw new MovedException();
            }
            return true;
          });
      if (i == updates.size() - 1) {
        update.set(LandedState.OFFSETS, after.toString());
      }
      update.commit();
    }
    transaction
        .updateProperties()
        .set(LandedState.OFFSETS, after.toString())
        .set(LandedState.QUARANTINED, Long.toString(before.quarantined() + batch.quarantined()))
        .commit();
    transaction.commitTransaction();
  }

  /** One append of all, or, where rows are deleted, a delta for each part; none before another. */
  private static List<Function<Transaction, SnapshotUpdate<?>>> updates(Batch batch) {
    List<Function<Transaction, SnapshotUpdate<?>>> updates = new ArrayList<>();
    if (batch.parts().stream().allMatch(part -> part.deletes().isEmpty())) {
      updates.add(
          transaction -> {
            AppendFiles append = transaction.newAppend();
            batch.parts().forEach(part -> part.rows().forEach(append::appendFile));
            return append;
          });
    } else {
      for (Part part : batch.parts()) {
        updates.add(
            transaction -> {
              RowDelta delta = transaction.newRowDelta();
              part.rows().forEach(delta::addRows);
              part.deletes().forEach(delta::addDeletes);
              return delta;
            });
      }
    }
    return updates;
  }
}
