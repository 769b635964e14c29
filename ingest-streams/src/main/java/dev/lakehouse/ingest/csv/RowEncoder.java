package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import dev.lakehouse.ingest.types.Utf8Bytes;
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
  private final boolean pad;

  /**
   * @param schema what the records are written with
   * @param columnFields the Avro field of each of the file's columns, in order
   */
  RowEncoder(Schema schema, List<String> columnFields, Dialect dialect) {
    this.columns = columnFields.size();
    this.pad = dialect.pad();
    NullNotation nulls = NullNotation.of(dialect.nulls());
    this.fields =
        schema.getFields().stream()
            .map(field -> encoder(field, columnFields, dialect, nulls))
            .toList();
  }

  private static FieldEncoder encoder(
      Schema.Field field, List<String> columnFields, Dialect dialect, NullNotation nulls) {
    int source = columnFields.indexOf(field.name());
    boolean noted = source >= 0 && source < dialect.notations().size();
    return new FieldEncoder(
        SchemaEvolution.columnName(field),
        field.schema(),
        source,
        nulls,
        noted ? Notation.parse(dialect.notations().get(source)) : Optional.empty());
  }

  /** Whether the row has a cell for each column, and nothing behind them. */
  static boolean isWhole(RowBuffer row, int columns, boolean pad) {
    if (row.fields() < columns) {
      return pad && row.flaw().isEmpty();
    }
    for (int i = columns; i < row.fields(); i++) {
      if (!row.isEmpty(i)) {
        return false;
      }
    }
    return row.flaw().isEmpty();
  }

  /** Takes the row, or says why it does not fit. */
  Optional<Misfit> take(RowBuffer row) {
    if (!isWhole(row, columns, pad)) {
      return Optional.of(broken(row));
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).take(row)) {
        return Optional.of(misfit(row, fields.get(i)));
      }
    }
    return Optional.empty();
  }

  private Misfit broken(RowBuffer row) {
    String line = "line " + row.line() + " ";
    if (!row.flaw().isEmpty()) {
      return new Misfit(row.flaw().contains("quote") ? "quote" : "too_large", line + row.flaw());
    }
    return new Misfit(
        "ragged",
        line + "has " + row.fields() + " fields and the file has " + columns + " columns");
  }

  private static Misfit misfit(RowBuffer row, FieldEncoder field) {
    if (field.source() < 0) {
      return new Misfit("misfit", "the file has no column '" + field.column() + "'");
    } else if (field.source() >= row.fields()) {
      return new Misfit(
          "misfit",
          "line " + row.line() + " has no '" + field.column() + "', which may not be missing");
    }
    int length = row.end(field.source()) - row.start(field.source());
    if (length > Utf8Bytes.MOST_CHARS) {
      return new Misfit(
          "too_large",
          "line %d has %d characters in column '%s'; at most %d are taken"
              .formatted(row.line(), length, field.column(), Utf8Bytes.MOST_CHARS));
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
