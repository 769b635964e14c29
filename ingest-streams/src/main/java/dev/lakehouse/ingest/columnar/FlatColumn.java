package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.schemas.name.ColumnNames;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of a file: a field, or a field within structs, named {@code parent.child}. Lists of
 * scalars stay lists; maps, and lists of anything else, are JSON text.
 *
 * @param name unique among the file's columns
 * @param path which field of each struct leads to it
 */
record FlatColumn(String name, List<Integer> path, Shape shape) {
  /** As JSON and events are flattened. */
  private static final int DEEPEST = 16;

  private static final int MOST_COLUMNS = 2000;

  /** The columns of rows of that shape, in order. */
  static List<FlatColumn> of(Shape.Struct rows) {
    List<FlatColumn> columns = new ArrayList<>();
    flatten(rows, "", List.of(), columns);
    if (columns.isEmpty() || columns.size() > MOST_COLUMNS) {
      throw new UnreadableFileException(
          columns.isEmpty() ? "no_columns" : "too_many_columns",
          "the file's schema has "
              + (columns.isEmpty() ? "no column" : "more than " + MOST_COLUMNS + " columns"),
          "write the file with fewer columns, and at least one");
    }
    List<String> names =
        ColumnNames.unique(
            columns.stream().map(FlatColumn::name).toList(), MetadataColumns.reserved());
    List<FlatColumn> named = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      named.add(new FlatColumn(names.get(i), columns.get(i).path(), columns.get(i).shape()));
    }
    return named;
  }

  private static void flatten(
      Shape.Struct struct, String prefix, List<Integer> path, List<FlatColumn> columns) {
    for (int i = 0; i < struct.fields().size() && columns.size() <= MOST_COLUMNS; i++) {
      Shape.Field field = struct.fields().get(i);
      List<Integer> at = new ArrayList<>(path);
      at.add(i);
      if (field.shape() instanceof Shape.Struct inner && at.size() <= DEEPEST) {
        flatten(inner, prefix + field.name() + ".", at, columns);
      } else {
        columns.add(new FlatColumn(prefix + field.name(), List.copyOf(at), field.shape()));
      }
    }
  }

  /** The column's value in a row. */
  @Nullable Object value(@Nullable Object[] row) {
    Object value = row;
    for (int i : path) {
      if (value == null) {
        return null;
      }
      value = ((@Nullable Object[]) value)[i];
    }
    return value;
  }
}
