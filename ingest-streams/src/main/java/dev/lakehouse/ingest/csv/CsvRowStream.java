package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.RowStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.io.Encoder;

/** The rows of one CSV file. */
final class CsvRowStream implements RowStream {
  private final Dialect dialect;
  private final RowEncoder encoder;
  private final CsvRows rows;
  private final RowBuffer row;
  private long number;

  CsvRowStream(FileSource source, Dialect dialect, RowEncoder encoder) throws IOException {
    this.dialect = dialect;
    this.encoder = encoder;
    this.rows = CsvRows.open(source.open(), dialect);
    this.row = rows.row();
    int before = dialect.preamble() + dialect.headerRows();
    for (int i = 0; i < before && rows.next(); i++) {
      number = 0;
    }
  }

  @Override
  public boolean next() throws IOException {
    if (number == dialect.rows() || !rows.next()) {
      return false;
    }
    number++;
    return true;
  }

  @Override
  public Optional<Misfit> fit() {
    if (number > dialect.bodyRows() && RowEncoder.isWhole(row, dialect.columns(), dialect.pad())) {
      return Optional.of(
          new Misfit("footer", "line " + row.line() + " is a total or a note behind the last row"));
    }
    return encoder.take(row);
  }

  @Override
  public void write(Encoder out) throws IOException {
    encoder.write(out);
  }

  @Override
  public byte[] raw() {
    return row.raw().getBytes(UTF_8);
  }

  @Override
  public boolean isRawWhole() {
    return !row.isCut();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
