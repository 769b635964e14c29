package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** Turns cells into Avro records of one schema. */
final class RowEncoder {
  private static final int LONGEST_SHOWN = 100;

  private final List<FieldWriter> fields;

  /**
   * @param columnFields the Avro field of each column, in order
   * @param columnCells the cell of each column, in order
   */
  RowEncoder(Schema schema, List<String> columnFields, List<Integer> columnCells) {
    this.fields =
        schema.getFields().stream()
            .map(
                field -> {
                  int column = columnFields.indexOf(field.name());
                  return new FieldWriter(
                      SchemaEvolution.columnName(field),
                      field.schema(),
                      column < 0 ? -1 : columnCells.get(column));
                })
            .toList();
  }

  /** Takes the record's cells, or says why they do not fit. */
  Optional<Misfit> take(CellBuffer cells, long line) {
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).take(cells)) {
        return Optional.of(misfit(cells, fields.get(i), line));
      }
    }
    return Optional.empty();
  }

  private static Misfit misfit(CellBuffer cells, FieldWriter field, long line) {
    JsonKind kind = field.cell() < 0 ? JsonKind.NOTHING : cells.kind(field.cell());
    if (kind == JsonKind.NOTHING) {
      return new Misfit(
          "misfit",
          "line " + line + " has no value for column '" + field.column() + "', which needs one");
    }
    String text =
        kind == JsonKind.LIST ? JsonCopy.list(cells, field.cell()) : cells.text(field.cell());
    String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    boolean wasText = field.type().getType() == Schema.Type.STRING;
    return new Misfit(
        "misfit",
        "line "
            + line
            + ": '"
            + shown
            + "' in column '"
            + field.column()
            + (wasText
                ? "' holds half a character, an unpaired surrogate"
                : "' is not of its type, " + typeName(field.type())));
  }

  private static String typeName(Schema type) {
    return type.getLogicalType() == null
        ? type.getType().name().toLowerCase(Locale.ROOT)
        : type.getLogicalType().getName();
  }

  /** Writes the record that was taken last. */
  void write(CellBuffer cells, Encoder out) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).write(cells, out);
    }
  }
}
