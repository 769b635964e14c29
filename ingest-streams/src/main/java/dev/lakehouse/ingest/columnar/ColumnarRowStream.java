package dev.lakehouse.ingest.columnar;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The rows of one Parquet or Avro file as records of one schema. */
final class ColumnarRowStream implements RowStream {
  private static final int LONGEST_SHOWN = 100;

  private final Rows rows;
  private final List<FieldWriter> fields;
  private @Nullable Object[] row = new Object[0];
  private long number;

  ColumnarRowStream(Rows rows, Schema schema, List<String> columnFields) {
    this.rows = rows;
    List<FlatColumn> columns = FlatColumn.of(rows.shape());
    this.fields =
        schema.getFields().stream()
            .map(
                field -> {
                  int column = columnFields.indexOf(field.name());
                  return new FieldWriter(
                      SchemaEvolution.columnName(field),
                      field.schema(),
                      column < 0 ? null : columns.get(column));
                })
            .toList();
  }

  @Override
  public boolean next() throws IOException {
    @Nullable Object[] next = rows.next();
    if (next == null) {
      return false;
    }
    row = next;
    number++;
    return true;
  }

  @Override
  public Optional<Misfit> fit() {
    for (FieldWriter field : fields) {
      if (!field.take(row)) {
        return Optional.of(misfit(field));
      }
    }
    return Optional.empty();
  }

  private Misfit misfit(FieldWriter field) {
    String text = field.shown();
    if (text == null) {
      return new Misfit(
          "misfit",
          "row " + number + " has no value for column '" + field.name() + "', which needs one");
    }
    Schema type = field.type();
    return new Misfit(
        "misfit",
        "row "
            + number
            + ": '"
            + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text)
            + "' in column '"
            + field.name()
            + "' is not of its type, "
            + (type.getLogicalType() == null
                ? type.getType().name().toLowerCase(Locale.ROOT)
                : type.getLogicalType().getName()));
  }

  @Override
  public void write(Encoder out) throws IOException {
    for (FieldWriter field : fields) {
      field.write(out);
    }
  }

  @Override
  public byte[] raw() {
    return Texts.json(rows.shape(), row).getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
