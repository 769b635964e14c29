package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * Turns rows into Avro records of one schema without an object per row or cell. First {@link #take}
 * a row, then {@link #write} it.
 */
final class RowEncoder {
  private static final int LONGEST_SHOWN = 100;

  private final List<FieldEncoder> fields;
  private final int columns;

  /**
   * @param schema what the records are written with
   * @param columnFields the Avro field of each of the file's columns, in order
   */
  public RowEncoder(Schema schema, List<String> columnFields) {
    this.columns = columnFields.size();
    this.fields = schema.getFields().stream().map(field -> encoder(field, columnFields)).toList();
  }

  private static FieldEncoder encoder(Schema.Field field, List<String> columnFields) {
    return new FieldEncoder(
        SchemaEvolution.columnName(field), field.schema(), columnFields.indexOf(field.name()));
  }

  /** Takes the row, or says why it does not fit. */
  public Optional<Misfit> take(RowBuffer row) {
    if (row.fields() != columns) {
      return Optional.of(
          new Misfit(
              "ragged",
              "line "
                  + row.line()
                  + " has "
                  + row.fields()
                  + " fields and the file has "
                  + columns
                  + " columns"));
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).take(row)) {
        return Optional.of(misfit(row, fields.get(i)));
      }
    }
    return Optional.empty();
  }

  private static Misfit misfit(RowBuffer row, FieldEncoder field) {
    if (field.source() < 0) {
      return new Misfit("misfit", "the file has no column '" + field.column() + "'");
    }
    String text = row.text(field.source());
    String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    return new Misfit(
        "misfit",
        "line "
            + row.line()
            + ": '"
            + shown
            + "' in column '"
            + field.column()
            + "' is not of its type, "
            + typeName(field.type()));
  }

  private static String typeName(Schema type) {
    return type.getLogicalType() == null
        ? type.getType().name().toLowerCase(Locale.ROOT)
        : type.getLogicalType().getName();
  }

  /** Writes the row that was taken last. */
  void write(Encoder out) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).write(out);
    }
  }
}
