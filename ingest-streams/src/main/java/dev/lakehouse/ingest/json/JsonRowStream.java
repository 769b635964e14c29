package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.RowStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.io.Encoder;

/** The rows of one JSON file. */
final class JsonRowStream implements RowStream {
  private final Records records;
  private final CellBuffer cells;
  private final RowEncoder encoder;

  JsonRowStream(Records records, CellBuffer cells, RowEncoder encoder) {
    this.records = records;
    this.cells = cells;
    this.encoder = encoder;
  }

  @Override
  public boolean next() throws IOException {
    return records.next();
  }

  @Override
  public Optional<Misfit> fit() {
    return records.problem().isPresent() ? records.problem() : encoder.take(cells, records.line());
  }

  @Override
  public void write(Encoder out) throws IOException {
    encoder.write(cells, out);
  }

  @Override
  public byte[] raw() {
    return records.raw();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
