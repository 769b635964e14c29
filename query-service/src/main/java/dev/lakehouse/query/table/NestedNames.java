package dev.lakehouse.query.table;

import dev.lakehouse.schemas.name.DatasetName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Engines match fields inside a column by name, Iceberg by id. The two agree as long as no such
 * field was ever renamed, dropped and made again, or given another's name.
 */
final class NestedNames {
  private NestedNames() {}

  /** Refuses a table in which a nested name once meant another field. */
  static void check(DatasetName dataset, Table table) {
    Map<Integer, String> nameOf = new HashMap<>();
    Map<String, Integer> idOf = new HashMap<>();
    for (Schema schema : table.schemas().values()) {
      for (NestedField column : schema.columns()) {
        if (column.type().isNestedType()) {
          check(dataset, column, "" + column.fieldId(), nameOf, idOf);
        }
      }
    }
  }

  private static void check(
      DatasetName dataset,
      NestedField parent,
      String path,
      Map<Integer, String> nameOf,
      Map<String, Integer> idOf) {
    for (NestedField field : parent.type().asNestedType().fields()) {
      String place = path + "." + field.name().toLowerCase(Locale.ROOT);
      String before = nameOf.putIfAbsent(field.fieldId(), field.name());
      Integer other = idOf.putIfAbsent(place, field.fieldId());
      if ((before != null && !before.equals(field.name()))
          || (other != null && other != field.fieldId())) {
        throw Unsupported.table(
            dataset, "the field '" + field.name() + "' inside a column was renamed or made again");
      }
      if (field.type().isNestedType()) {
        check(dataset, field, place, nameOf, idOf);
      }
    }
  }
}
