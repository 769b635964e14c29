package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.table.LandedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits a rewrite of files beside the landing. Whether it happened is told by the table and not
 * by the answer: its snapshot carries a token. It carries the landing's offsets too, those of the
 * state that it was made from, so that a snapshot tells how far it reaches also when those before
 * it are gone; if the landing commits meanwhile, it is made again. Nothing that belongs to a failed
 * attempt is deleted, for the attempt may have succeeded: what is left is removed with the orphans.
 */
final class TableCommit {
  /** In the summary of a snapshot that a rewrite made. */
  static final String TOKEN = "lakehouse.rewrite";

  private static final Logger LOG = LoggerFactory.getLogger(TableCommit.class);
  private static final int MOST_FAILURES = 5;
  private static final int MOST_RACES = 100;

  private final Table table;
  private final String token = UUID.randomUUID().toString();

  TableCommit(Table table) {
    this.table = table;
  }

  /** Names this commit, and the files that are made for it. */
  String token() {
    return token;
  }

  /** Makes the update from the table as it was refreshed a moment ago. */
  interface Update {
    SnapshotUpdate<?> of(Table table);
  }

  /** Whether the update may be made onto a snapshot. */
  interface Condition {
    boolean holds(Snapshot parent) throws IOException;
  }

  /** The update must not be made onto what the table is by now. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException() {
      super("the table has changed so that the rewrite would be wrong");
    }
  }

  /** The landing committed while an attempt was made. */
  private static final class MovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MovedException() {
      super("the table's recorded offsets moved");
    }
  }

  /** An earlier attempt succeeded though it was answered otherwise. */
  private static final class DoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DoneException() {
      super("the commit has happened");
    }
  }

  /**
   * Commits the update, once.
   *
   * @return whether it is in the table; false if somebody else changed what it replaces, and then
   *     it is not and will not be
   * @throws RuntimeException if the catalog or the storage failed; the table does not have it as
   *     far as could be told
   */
  boolean commit(Update update) {
    return commit(update, parent -> true);
  }

  /**
   * Commits the update, once, and only onto a snapshot that fulfils the condition.
   *
   * @return as {@link #commit(Update)}; false also if the condition does not hold
   */
  boolean commit(Update update, Condition condition) {
    RuntimeException last = null;
    int races = 0;
    int failures = 0;
    while (races < MOST_RACES && failures < MOST_FAILURES) {
      table.refresh();
      if (isThere()) {
        return true;
      }
      try {
        attempt(update, condition);
        return true;
      } catch (DoneException done) {
        table.refresh();
        return true;
      } catch (MovedException | CommitFailedException raced) {
        last = raced;
        races++;
      } catch (ValidationException | RefusedException conflict) {
        table.refresh();
        LOG.info("a rewrite of {} is given up: {}", table.name(), conflict.getMessage());
        return isThere();
      } catch (RuntimeException doubt) {
        if (Thread.currentThread().isInterrupted()) {
          throw doubt;
        }
        last = doubt;
        failures++;
      }
    }
    table.refresh();
    if (isThere()) {
      return true;
    }
    throw Objects.requireNonNull(last);
  }

  private void attempt(Update update, Condition condition) {
    String offsets = table.properties().get(LandedState.OFFSETS);
    SnapshotUpdate<?> made = update.of(table);
    made.set(TOKEN, token);
    if (offsets != null) {
      made.set(LandedState.OFFSETS, offsets);
    }
    made.deleteWith(location -> {});
    made.validateWith(
        ancestors -> {
          if (carries(ancestors)) {
            throw new DoneException();
          }
          if (!Objects.equals(offsets, recorded())) {
            throw new MovedException();
          }
          check(condition, ancestors);
          return true;
        });
    made.commit();
  }

  private static void check(Condition condition, Iterable<Snapshot> ancestors) {
    Iterator<Snapshot> newest = ancestors.iterator();
    try {
      if (newest.hasNext() && !condition.holds(newest.next())) {
        throw new RefusedException();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable String recorded() {
    return ((HasTableOperations) table)
        .operations()
        .current()
        .properties()
        .get(LandedState.OFFSETS);
  }

  private boolean isThere() {
    return table.currentSnapshot() != null && carries(SnapshotUtil.currentAncestors(table));
  }

  private boolean carries(Iterable<Snapshot> ancestors) {
    for (Snapshot each : ancestors) {
      if (token.equals(each.summary().get(TOKEN))) {
        return true;
      }
    }
    return false;
  }
}
