package dev.lakehouse.bench;

import dev.lakehouse.ingest.csv.CsvFormat;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** A reader of CSV files that is told nothing about them; every column is asked for as text. */
interface CsvPeer {
  /** Names that a reader made up. */
  Pattern MADE_UP = Pattern.compile("column_?\\d+");

  /**
   * The rows of a file, its names first.
   *
   * @return empty if the reader refuses the file
   */
  Optional<List<List<String>>> read(Path file) throws IOException;

  /** The product's reader, as it reads into a dataset whose columns are all text. */
  static CsvPeer ours() {
    return file -> {
      byte[] bytes = Files.readAllBytes(file);
      FileSource source =
          new FileSource() {
            @Override
            public String name() {
              return file.getFileName().toString();
            }

            @Override
            public InputStream open() {
              return new ByteArrayInputStream(bytes);
            }
          };
      CsvFormat format = new CsvFormat();
      try {
        FileProfile profile = format.profile(source, Map.of());
        SchemaEvolution.Evolved texts =
            SchemaEvolution.evolve("polluted", Optional.empty(), texts(profile.columns()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(profile.columns().stream().map(column -> given(column.name())).toList());
        try (RowStream read =
            format.open(source, profile.dialect(), texts.schema(), texts.fields())) {
          while (read.next()) {
            if (read.fit().isEmpty()) {
              rows.add(cells(read, texts.schema()));
            }
          }
        }
        return Optional.of(rows);
      } catch (UnreadableFileException e) {
        return Optional.empty();
      }
    };
  }

  private static List<Column> texts(List<Column> columns) {
    Schema text = Schema.create(Schema.Type.STRING);
    return columns.stream().map(each -> new Column(each.name(), text, true, false, 0)).toList();
  }

  private static List<String> cells(RowStream row, Schema schema) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
    row.write(out);
    out.flush();
    GenericRecord written =
        new GenericDatumReader<GenericRecord>(schema)
            .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    List<String> cells = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      Object cell = written.get(field.pos());
      cells.add(cell == null ? "" : cell.toString());
    }
    return cells;
  }

  /**
   * DuckDB's {@code read_csv}.
   *
   * @param settings further arguments, each after a comma
   */
  static CsvPeer duckDb(Connection duckdb, String settings) {
    return file -> {
      String path = "'" + file.toString().replace("'", "''") + "'";
      try (PreparedStatement query =
              duckdb.prepareStatement(
                  "SELECT * FROM read_csv(" + path + ", all_varchar=true" + settings + ")");
          ResultSet result = query.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        List<List<String>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          names.add(given(result.getMetaData().getColumnName(i)));
        }
        rows.add(names);
        while (result.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            String cell = result.getString(i);
            cells.add(cell == null ? "" : cell);
          }
          rows.add(cells);
        }
        return Optional.of(rows);
      } catch (SQLException e) {
        return Optional.empty();
      }
    };
  }

  private static String given(String name) {
    return MADE_UP.matcher(name).matches() ? "" : name;
  }
}
