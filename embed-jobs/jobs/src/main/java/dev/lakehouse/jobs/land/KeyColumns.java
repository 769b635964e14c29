package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.AvroColumns;
import dev.lakehouse.jobs.convert.MisfitException;
import dev.lakehouse.jobs.convert.Row;
import dev.lakehouse.jobs.convert.RowReader;
import dev.lakehouse.jobs.convert.SchemaFit;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.StructProjection;
import org.jspecify.annotations.Nullable;

/** The columns of a keyed table that tell one row from another. For one thread. */
final class KeyColumns {
  private final Schema schema;
  private final StructProjection ofRow;
  private final Comparator<StructLike> comparator;

  private KeyColumns(Schema table, Schema keys) {
    schema = keys;
    ofRow = StructProjection.create(table, keys);
    comparator = Comparators.forType(keys.asStruct());
  }

  /**
   * The key columns of a table, or null if it is append-only.
   *
   * @throws StoppedException if rows of the table cannot be found by its key
   */
  static @Nullable KeyColumns of(Table table) throws StoppedException {
    List<String> names = TableKeys.of(table);
    if (names.isEmpty()) {
      return null;
    }
    List<NestedField> fields = new ArrayList<>();
    for (String name : names) {
      NestedField field = table.schema().asStruct().field(name);
      if (field == null || !field.type().isPrimitiveType()) {
        throw new StoppedException(
            "table_refuses",
            "table "
                + table.name()
                + " is keyed by '"
                + name
                + "', which is no plain column of it");
      }
      fields.add(field);
    }
    Set<Integer> ids = fields.stream().map(NestedField::fieldId).collect(Collectors.toSet());
    for (PartitionField partition : table.spec().fields()) {
      if (!ids.contains(partition.sourceId())) {
        throw new StoppedException(
            "table_refuses",
            "table "
                + table.name()
                + " is partitioned by '"
                + partition.name()
                + "', which its key does not tell: partition it by columns of its key");
      }
    }
    refuseRespecified(table);
    return new KeyColumns(table.schema(), new Schema(fields));
  }

  /** A delete in a partition reaches no row that was written under another partition spec. */
  private static void refuseRespecified(Table table) throws StoppedException {
    if (table.spec().isPartitioned() && table.specs().size() > 1) {
      throw new StoppedException(
          "table_refuses",
          "table "
              + table.name()
              + " is keyed and its partition spec was changed, so that a key's older rows would"
              + " stay: declare the dataset anew with the partitions it is to have");
    }
  }

  /** The schema of a key. */
  Schema schema() {
    return schema;
  }

  /**
   * A reader of keys.
   *
   * @param written the schema that keys were written with
   * @throws MisfitException if it is not a record of exactly the key columns
   */
  RowReader reader(org.apache.avro.Schema written) throws MisfitException {
    Types.StructType wanted = AvroColumns.of(written, MetadataColumns.reserved());
    require(wanted);
    Schema any = new Schema(schema.columns().stream().map(NestedField::asOptional).toList());
    if (wanted.fields().size() != schema.columns().size() || !SchemaFit.of(any, wanted).fits()) {
      throw new MisfitException("its columns are " + wanted + ", not " + schema.asStruct());
    }
    return RowReader.compile(written, schema.asStruct(), MetadataColumns.reserved(), false);
  }

  /**
   * Checks that columns have the key among them.
   *
   * @throws MisfitException if they do not
   */
  void require(Types.StructType columns) throws MisfitException {
    for (NestedField key : schema.columns()) {
      if (columns.field(key.name()) == null && columns.caseInsensitiveField(key.name()) == null) {
        throw new MisfitException("the key column '" + key.name() + "' is missing");
      }
    }
  }

  /**
   * Checks a key by itself.
   *
   * @throws MisfitException if it lacks what no row lacks
   */
  void check(Row key) throws MisfitException {
    for (int i = 0; i < key.size(); i++) {
      NestedField field = schema.columns().get(i);
      if (field.isRequired() && key.get(i, Object.class) == null) {
        throw new MisfitException("the key column '" + field.name() + "' is null");
      }
    }
  }

  /** Whether the key is the row's. */
  boolean isOf(Row key, Row row) {
    return comparator.compare(key, ofRow.wrap(row)) == 0;
  }
}
