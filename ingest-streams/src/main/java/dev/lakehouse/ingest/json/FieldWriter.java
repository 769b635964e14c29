package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.types.UnionBranches;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * One field of the records: takes its cell, or says that it does not fit, and writes it as Avro.
 * Taking and writing are apart, so that a row is known to fit before its first byte is written.
 */
final class FieldWriter {
  private final String column;
  private final int cell;
  private final UnionBranches branches;
  private final boolean list;
  private final UnionBranches itemBranches;
  private final ScalarWriter scalar;
  private JsonKind kind = JsonKind.NOTHING;

  /**
   * @param cell the cell that the field takes, or -1 for none
   */
  FieldWriter(String column, Schema schema, int cell) {
    this.column = column;
    this.cell = cell;
    this.branches = UnionBranches.of(schema);
    this.list = branches.type().getType() == Schema.Type.ARRAY;
    this.itemBranches = UnionBranches.of(list ? branches.type().getElementType() : branches.type());
    this.scalar = new ScalarWriter(itemBranches.type());
  }

  String column() {
    return column;
  }

  int cell() {
    return cell;
  }

  Schema type() {
    return branches.type();
  }

  /** Takes its cell of the record; whether it fits. */
  boolean take(CellBuffer cells) {
    kind = cell < 0 ? JsonKind.NOTHING : cells.kind(cell);
    if (kind == JsonKind.NOTHING) {
      return branches.nullable();
    } else if (list) {
      return kind == JsonKind.LIST && takeItems(cells);
    } else if (kind == JsonKind.LIST) {
      if (!scalar.takesText()) {
        return false;
      }
      String json = JsonCopy.list(cells, cell);
      return scalar.takeText(json.toCharArray(), 0, json.length());
    } else if (kind == JsonKind.JSON) {
      return scalar.takeText(cells.chars(), cells.start(cell), cells.end(cell));
    }
    return scalar.take(kind, cells.chars(), cells.start(cell), cells.end(cell));
  }

  private boolean takeItems(CellBuffer cells) {
    int first = cells.firstItem(cell);
    for (int item = first; item < first + cells.itemCount(cell); item++) {
      if (!takeItem(cells, item)) {
        return false;
      }
    }
    return true;
  }

  private boolean takeItem(CellBuffer cells, int item) {
    return cells.itemKind(item) == JsonKind.NOTHING
        ? itemBranches.nullable()
        : scalar.take(
            cells.itemKind(item), cells.chars(), cells.itemStart(item), cells.itemEnd(item));
  }

  /** Writes what was taken of the record. */
  void write(CellBuffer cells, Encoder out) throws IOException {
    if (kind == JsonKind.NOTHING) {
      branches.writeNull(out);
      return;
    }
    branches.writePresent(out);
    if (list) {
      writeItems(cells, out);
    } else {
      scalar.write(out);
    }
  }

  private void writeItems(CellBuffer cells, Encoder out) throws IOException {
    int first = cells.firstItem(cell);
    int count = cells.itemCount(cell);
    out.writeArrayStart();
    out.setItemCount(count);
    for (int item = first; item < first + count; item++) {
      out.startItem();
      if (cells.itemKind(item) == JsonKind.NOTHING) {
        itemBranches.writeNull(out);
      } else {
        takeItem(cells, item);
        itemBranches.writePresent(out);
        scalar.write(out);
      }
    }
    out.writeArrayEnd();
  }
}
