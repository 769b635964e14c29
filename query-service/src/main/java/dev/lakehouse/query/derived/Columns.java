package dev.lakehouse.query.derived;

import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.ColumnNames;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an answer as those of a dataset, which may all be missing.
 *
 * @param avro the schema of its records
 * @param iceberg the columns of its table, metadata columns included
 * @param types of the columns, in order
 */
record Columns(Schema avro, org.apache.iceberg.Schema iceberg, List<ValueType> types) {
  /**
   * Makes columns of an answer's.
   *
   * @throws ProblemException {@code bad_columns} or {@code unsupported_type}, naming the column
   */
  static Columns of(DatasetName dataset, List<Rows.Column> answer) {
    check(answer);
    List<String> names = answer.stream().map(Rows.Column::name).toList();
    List<String> avroNames = ColumnNames.avro(names);
    TypeReader reader = new TypeReader();
    List<ValueType> types = new ArrayList<>();
    List<NestedField> columns = new ArrayList<>();
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = 0; i < answer.size(); i++) {
      int id = reader.nextId();
      Rows.Column column = answer.get(i);
      Optional<ValueType> read =
          reader.read(column.type(), dataset.value() + "_" + avroNames.get(i));
      ValueType type = read.orElseThrow(() -> unsupported(column));
      types.add(type);
      columns.add(NestedField.optional(id, names.get(i), type.iceberg()));
      fields.add(TypeReader.field(names.get(i), avroNames.get(i), type));
    }
    columns.addAll(MetadataColumns.fields(reader.nextId()));
    return new Columns(
        Schema.createRecord(dataset.value(), null, "lakehouse.data", false, fields),
        new org.apache.iceberg.Schema(columns),
        types);
  }

  private static void check(List<Rows.Column> answer) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < answer.size(); i++) {
      String name = answer.get(i).name();
      String lower = name.toLowerCase(Locale.ROOT);
      if (name.isBlank() || !name.strip().equals(name)) {
        throw bad("column " + (i + 1) + " has no name", name);
      } else if (MetadataColumns.contains(lower)) {
        throw bad("'" + name + "' is a column of every table already", name);
      } else if (!seen.add(lower)) {
        throw bad("two columns are called '" + name + "'", name);
      }
    }
  }

  private static ProblemException bad(String detail, String column) {
    return Problem.of(400, "bad_columns", "The columns cannot be those of a table", detail)
        .with("columnName", column)
        .hint("give it a name of its own with AS")
        .toException();
  }

  private static ProblemException unsupported(Rows.Column column) {
    return Problem.of(
            400,
            "unsupported_type",
            "No table can hold this type",
            "column '" + column.name() + "' is of type " + column.type())
        .with("columnName", column.name())
        .hint("cast it: CAST(" + column.name() + " AS VARCHAR)")
        .toException();
  }

  /**
   * A row as a record.
   *
   * @throws ArithmeticException if a number does not fit its type
   */
  GenericData.Record record(@Nullable Object[] row) {
    GenericData.Record record = new GenericData.Record(avro);
    for (int i = 0; i < row.length; i++) {
      record.put(i, types.get(i).avro(row[i]));
    }
    return record;
  }
}
