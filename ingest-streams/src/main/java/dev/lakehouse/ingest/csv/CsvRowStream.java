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

  CsvRowStream(FileSource source, Dialect dialect, RowEncoder encoder) throws IOException {
    this.dialect = dialect;
    this.encoder = encoder;
    this.rows = CsvRows.open(source.open(), dialect);
    this.row = rows.row();
    if (dialect.header() && rows.hasNext()) {
      rows.next();
    }
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    rows.next();
    return true;
  }

  @Override
  public Optional<Misfit> fit() {
    return encoder.take(row);
  }

  @Override
  public void write(Encoder out) throws IOException {
    encoder.write(out);
  }

  @Override
  public byte[] raw() {
    return row.toCsv(dialect).getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
