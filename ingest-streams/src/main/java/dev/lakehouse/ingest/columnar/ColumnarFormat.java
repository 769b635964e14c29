package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.RowStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file that says its columns' types. It is read as a whole before its first row is taken, so that
 * a corrupt file adds nothing.
 */
public final class ColumnarFormat implements FileFormat {
  private static final String NO_CHOICES = "{}";

  private static final int ROWS_BETWEEN_RESTS = 1_000;

  private final String name;
  private final Opener opener;

  private ColumnarFormat(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  private interface Opener {
    Rows open(FileSource source) throws IOException;
  }

  /** Parquet files. */
  public static ColumnarFormat parquet() {
    return new ColumnarFormat("parquet", ParquetRows::open);
  }

  /** Avro object container files. */
  public static ColumnarFormat avro() {
    return new ColumnarFormat("avro", AvroRows::open);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isHeavy() {
    return true;
  }

  @Override
  public FileProfile profile(FileSource source, Map<String, String> options) throws IOException {
    try (Rows rows = opener.open(source)) {
      List<FlatColumn> columns = FlatColumn.of(rows.shape());
      List<ColumnStats> stats = columns.stream().map(ColumnStats::new).toList();
      long count = 0;
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        count++;
        if (count % ROWS_BETWEEN_RESTS == 0) {
          source.rest();
        }
        for (int i = 0; i < columns.size(); i++) {
          stats.get(i).accept(columns.get(i).value(row));
        }
      }
      return new FileProfile(NO_CHOICES, stats.stream().map(ColumnStats::column).toList(), count);
    }
  }

  @Override
  public RowStream open(FileSource source, String dialect, Schema schema, List<String> fields)
      throws IOException {
    Rows rows = opener.open(source);
    try {
      return new ColumnarRowStream(rows, schema, fields);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }
}
