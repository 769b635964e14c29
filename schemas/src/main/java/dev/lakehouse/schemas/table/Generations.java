package dev.lakehouse.schemas.table;

import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * How the table of a derived dataset says which of its states may be shown. Each refresh lands as a
 * generation of rows beside the one before; the commit that takes the former rows out says so in
 * its snapshot's summary. A snapshot that says it holds one generation and nothing else; whatever
 * was committed behind it is on its way and is not to be read.
 */
public final class Generations {
  /** Property of a table that is derived: the id of its definition. */
  public static final String PROPERTY = "lakehouse.derived";

  /** In the summary of a snapshot that holds one generation and nothing else: its ingest id. */
  public static final String SUMMARY = "lakehouse.generation";

  /** Beside it: the states that it was made of, as {@code dataset:snapshot,dataset:snapshot}. */
  public static final String SOURCES = "lakehouse.sources";

  /** The tag of the newest such snapshot, which so never expires. */
  public static final String TAG = "generation";

  private Generations() {}

  /** Whether readers have to look for the state that may be shown. */
  public static boolean isDerived(Table table) {
    return table.properties().containsKey(PROPERTY);
  }

  /**
   * A state that may be shown.
   *
   * @param snapshot the state
   * @param marked the snapshot that says so: this one, or one with the same rows in other files
   */
  public record Shown(Snapshot snapshot, Snapshot marked) {
    /** The ingest id of its rows. */
    public String generation() {
      return marked.summary().getOrDefault(SUMMARY, "");
    }
  }

  /**
   * The newest state that may be shown. One that only has the same rows in other files may be too.
   *
   * @param from the state to start at, which counts; older ones follow
   * @return empty if none may, or none is kept
   */
  public static Optional<Shown> shown(Table table, @Nullable Snapshot from) {
    Snapshot same = null;
    Snapshot each = from;
    while (each != null) {
      if (each.summary().containsKey(SUMMARY)) {
        return Optional.of(new Shown(same == null ? each : same, each));
      }
      boolean rewritten = each.operation().equals(DataOperations.REPLACE);
      same = rewritten ? (same == null ? each : same) : null;
      each = each.parentId() == null ? null : table.snapshot(each.parentId());
    }
    return tagged(table).filter(tag -> from != null && isBefore(tag.snapshot(), from));
  }

  /** What the tag names, where what lies between has expired. */
  private static Optional<Shown> tagged(Table table) {
    SnapshotRef tag = table.refs().get(TAG);
    return Optional.ofNullable(tag == null ? null : table.snapshot(tag.snapshotId()))
        .map(snapshot -> new Shown(snapshot, snapshot));
  }

  private static boolean isBefore(Snapshot one, Snapshot other) {
    return one.sequenceNumber() <= other.sequenceNumber();
  }

  /** The newest state of all that may be shown. */
  public static Optional<Shown> shown(Table table) {
    return shown(table, table.currentSnapshot());
  }
}
