package dev.lakehouse.query.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TypeNames;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as the catalog lists it.
 *
 * @param columns the user's own, in table order
 * @param metadataColumns names of the columns that {@code SELECT *} leaves out
 * @param layout how it was declared
 * @param rows of its data files, also such as delete files take out again; null, like the other
 *     numbers, where rows are hidden from the caller
 * @param deleteFiles files that take rows out, until they are compacted away
 * @param bytes of its files
 * @param snapshotId as text; null while nothing has landed
 * @param updatedAt when the newest snapshot was committed
 * @param offsets next offset of each partition of its topic, as text
 * @param quarantined records of its topic that could not become rows
 */
record Dataset(
    String name,
    List<Column> columns,
    List<String> metadataColumns,
    @JsonUnwrapped Layout layout,
    @Nullable Long rows,
    @Nullable Long files,
    @Nullable Long deleteFiles,
    @Nullable Long bytes,
    @Nullable String snapshotId,
    @Nullable Instant updatedAt,
    Map<Integer, String> offsets,
    @Nullable Long quarantined) {
  /**
   * A column of the user's.
   *
   * @param type as SQL answers name it
   * @param fieldId what stays the column's when it is renamed, and is never another's
   * @param mask what kind of mask the policies put over it for the caller; null for none
   */
  record Column(
      String name,
      String type,
      boolean nullable,
      int fieldId,
      Sensitivity sensitivity,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String mask) {}

  /** The same as far as it is seen. */
  Dataset as(Seen seen) {
    if (!(seen instanceof Seen.Part part)) {
      return this;
    }
    boolean counted = part.rows() == null;
    List<String> names = part.items().stream().map(item -> item.field().name()).toList();
    List<Column> shown = new ArrayList<>();
    for (Seen.Item item : part.items()) {
      columns.stream()
          .filter(column -> column.fieldId() == item.field().fieldId())
          .map(
              column ->
                  new Column(
                      column.name(),
                      TypeNames.of(item.field().type()),
                      item.field().isOptional(),
                      column.fieldId(),
                      column.sensitivity().withoutNumbers(),
                      item.mask()))
          .forEach(shown::add);
    }
    return new Dataset(
        name,
        shown,
        metadataColumns.stream().filter(names::contains).toList(),
        layout.of(names),
        counted ? rows : null,
        counted ? files : null,
        counted ? deleteFiles : null,
        counted ? bytes : null,
        snapshotId,
        updatedAt,
        counted ? offsets : Map.of(),
        counted ? quarantined : null);
  }

  static Dataset of(DatasetName name, Table table, Findings findings) {
    Snapshot snapshot =
        Generations.isDerived(table)
            ? Generations.shown(table).map(Generations.Shown::snapshot).orElse(null)
            : table.currentSnapshot();
    Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
    Optional<LandedState> landed = LandedState.of(table);
    Map<Integer, String> offsets = new TreeMap<>();
    landed.ifPresent(
        state ->
            state.offsets().next().forEach((part, next) -> offsets.put(part, next.toString())));
    return new Dataset(
        name.value(),
        table.schema().columns().stream()
            .filter(column -> !MetadataColumns.contains(column.name()))
            .map(
                column ->
                    new Column(
                        column.name(),
                        TypeNames.of(column.type()),
                        column.isOptional(),
                        column.fieldId(),
                        Sensitivity.of(column, landed, findings),
                        null))
            .toList(),
        table.schema().columns().stream()
            .map(column -> column.name())
            .filter(MetadataColumns::contains)
            .toList(),
        Layout.of(table),
        total(summary, SnapshotSummary.TOTAL_RECORDS_PROP),
        total(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP),
        total(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
        total(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP),
        snapshot == null ? null : Long.toString(snapshot.snapshotId()),
        snapshot == null ? null : Instant.ofEpochMilli(snapshot.timestampMillis()),
        offsets,
        landed.map(LandedState::quarantined).orElse(0L));
  }

  private static long total(Map<String, String> summary, String property) {
    return Long.parseLong(summary.getOrDefault(property, "0"));
  }
}
