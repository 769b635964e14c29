package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.types.UnionBranches;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** One field of the records: takes its column's value and writes it as Avro. */
final class FieldWriter {
  private final String name;
  private final @Nullable FlatColumn column;
  private final UnionBranches branches;
  private final boolean list;
  private final UnionBranches itemBranches;
  private final ValueWriter writer;
  private @Nullable Object taken;

  /**
   * @param column what the field takes, or null for nothing
   */
  FieldWriter(String name, Schema schema, @Nullable FlatColumn column) {
    this.name = name;
    this.column = column;
    this.branches = UnionBranches.of(schema);
    this.list = branches.type().getType() == Schema.Type.ARRAY;
    this.itemBranches = UnionBranches.of(list ? branches.type().getElementType() : branches.type());
    this.writer = new ValueWriter(itemBranches.type());
  }

  String name() {
    return name;
  }

  Schema type() {
    return branches.type();
  }

  /** What was taken as text, or null if it is nothing. */
  @Nullable String shown() {
    return taken == null || column == null ? null : Texts.of(column.shape(), taken);
  }

  /** Takes its value of the row; whether it fits. */
  boolean take(@Nullable Object[] row) {
    taken = column == null ? null : column.value(row);
    if (taken == null || column == null) {
      return branches.nullable();
    } else if (!list) {
      return writer.take(column.shape(), taken);
    } else if (!(column.shape() instanceof Shape.Items items)) {
      return false;
    } else {
      for (Object item : (List<?>) taken) {
        if (item == null ? !itemBranches.nullable() : !writer.take(items.item(), item)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Writes what was taken. */
  void write(Encoder out) throws IOException {
    if (taken == null || column == null) {
      branches.writeNull(out);
      return;
    }
    branches.writePresent(out);
    if (column.shape() instanceof Shape.Items items && list) {
      writeItems(items, (List<?>) taken, out);
    } else {
      writer.write(out);
    }
  }

  private void writeItems(Shape.Items items, List<?> values, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(values.size());
    for (Object item : values) {
      out.startItem();
      if (item == null) {
        itemBranches.writeNull(out);
      } else {
        writer.take(items.item(), item);
        itemBranches.writePresent(out);
        writer.write(out);
      }
    }
    out.writeArrayEnd();
  }
}
