package dev.lakehouse.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** TPC-H's eight tables as Iceberg tables, and its queries. */
public final class Tpch {
  private Tpch() {}

  /**
   * Writes the tables.
   *
   * @param scale 1 is about 1 GB of text
   * @param files data files of each table that grows with the scale
   */
  public static void addTo(Lake lake, double scale, int files) {
    for (TpchTable<?> table : TpchTable.getTables()) {
      boolean tiny = List.of("nation", "region").contains(table.getTableName());
      add(lake, table, scale, tiny ? 1 : files);
    }
  }

  private static <E extends TpchEntity> void add(
      Lake lake, TpchTable<E> table, double scale, int files) {
    List<NestedField> fields = new ArrayList<>();
    for (TpchColumn<E> column : table.getColumns()) {
      fields.add(NestedField.required(fields.size() + 1, column.getColumnName(), type(column)));
    }
    Schema schema = new Schema(fields);
    Table target = lake.create(table.getTableName(), schema);
    for (int part = 1; part <= files; part++) {
      Iterable<E> rows = table.createGenerator(scale, part, files);
      Lake.write(
          target,
          writer -> {
            for (E row : rows) {
              GenericRecord each = GenericRecord.create(schema);
              int i = 0;
              for (TpchColumn<E> column : table.getColumns()) {
                each.set(i++, value(column, row));
              }
              writer.write(each);
            }
          });
    }
  }

  private static Type type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> Types.LongType.get();
      case INTEGER -> Types.IntegerType.get();
      case DATE -> Types.DateType.get();
      case DOUBLE -> Types.DecimalType.of(15, 2);
      case VARCHAR -> Types.StringType.get();
    };
  }

  private static <E extends TpchEntity> Object value(TpchColumn<E> column, E row) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> column.getIdentifier(row);
      case INTEGER -> column.getInteger(row);
      case DATE -> LocalDate.ofEpochDay(column.getDate(row));
      case DOUBLE -> BigDecimal.valueOf(column.getDouble(row)).setScale(2, RoundingMode.HALF_UP);
      case VARCHAR -> column.getString(row);
    };
  }

  /** The queries by their names, {@code q1} to {@code q22}. */
  public static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    try (InputStream in = Tpch.class.getResourceAsStream("/sql/tpch.sql")) {
      if (in == null) {
        throw new IllegalStateException("tpch.sql is missing");
      }
      for (String part : new String(in.readAllBytes(), UTF_8).split("(?m)^-- (?=q)", -1)) {
        int end = part.indexOf('\n');
        if (part.startsWith("q")) {
          queries.put(part.substring(0, end), part.substring(end + 1).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return queries;
  }
}
