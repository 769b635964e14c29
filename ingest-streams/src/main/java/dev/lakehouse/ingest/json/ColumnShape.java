package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What the cells of one place have in common, found cell by cell in bounded memory. Scalars of one
 * kind make a column of it, lists of such a list, and everything else text.
 */
final class ColumnShape {
  private final ScalarShape scalars = new ScalarShape();
  private final ScalarShape items = new ScalarShape();
  private long found;
  private long filled;
  private boolean lists;
  private boolean json;

  /** Takes a record's cell into account. */
  void accept(CellBuffer cells, int cell, boolean present) {
    found += present ? 1 : 0;
    JsonKind kind = cells.kind(cell);
    if (kind == JsonKind.NOTHING) {
      return;
    }
    filled++;
    if (kind == JsonKind.LIST) {
      lists = true;
      int first = cells.firstItem(cell);
      for (int item = first; item < first + cells.itemCount(cell); item++) {
        items.accept(
            cells.itemKind(item), cells.chars(), cells.itemStart(item), cells.itemEnd(item));
      }
    } else if (kind == JsonKind.JSON) {
      json = true;
    } else {
      scalars.accept(kind, cells.chars(), cells.start(cell), cells.end(cell));
    }
  }

  /** Whether some record has the place at all, if only without a value. */
  boolean found() {
    return found > 0;
  }

  /** Whether some record has a value there. */
  boolean filled() {
    return filled > 0;
  }

  /** The column, for so many records of which each may have a value. */
  Column column(String name, long records) {
    ScalarShape shape = lists ? items : scalars;
    return new Column(name, type(), filled < records, shape.needsLong(), shape.integerDigits());
  }

  private Schema type() {
    if (json || (lists && scalars.type().isPresent())) {
      return Schema.create(Schema.Type.STRING);
    } else if (lists) {
      return Schema.createArray(SchemaEvolution.optional(orText(items.type())));
    }
    return orText(scalars.type());
  }

  private static Schema orText(Optional<Schema> type) {
    return type.orElseGet(() -> Schema.create(Schema.Type.STRING));
  }
}
