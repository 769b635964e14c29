package dev.lakehouse.ingest.dataset;

import dev.lakehouse.ingest.schema.RecordKeys;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.ColumnNames;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it is declared before its first record.
 *
 * @param columns the table's, with those of landing behind
 * @param keys the key columns; none if it is append-only
 * @param value the Avro schema of its records
 */
record Declaration(
    DatasetName name,
    Schema columns,
    List<String> keys,
    PartitionSpec partitions,
    SortOrder order,
    org.apache.avro.Schema value) {
  /** What a body may hold. */
  static final String MEMBERS = "name, columns, keys, partitions and sortOrder";

  private static final int MOST_COLUMNS = 2_000;

  /**
   * How it looks to callers: the layout as the catalog shows it, and what producers need.
   *
   * @param keySchemaId null if the dataset is append-only
   */
  record Shown(
      String name,
      List<String> keys,
      List<Partition> partitions,
      List<Sort> sortOrder,
      String topic,
      int valueSchemaId,
      @Nullable Integer keySchemaId) {
    record Partition(String column, String transform) {}

    record Sort(String column, String transform, String direction, String nulls) {}
  }

  /**
   * Checks a body.
   *
   * @throws ProblemException 400 {@code bad_declaration}, naming all that is wrong
   */
  static Declaration of(DeclarationBody body) {
    return new Checking(body).declaration();
  }

  /** A body on its way; gathers what is wrong instead of stopping at the first. */
  private static final class Checking {
    private final DeclarationBody body;
    private final List<String> errors = new ArrayList<>();
    private final Map<String, NestedField> byName = new HashMap<>();
    private final Map<String, ColumnType> types = new HashMap<>();
    private final List<NestedField> fields = new ArrayList<>();
    private final List<org.apache.avro.Schema.Field> avro = new ArrayList<>();

    Checking(DeclarationBody body) {
      this.body = body;
    }

    Declaration declaration() {
      Optional<DatasetName> name = name();
      List<String> keys = names(body.keys());
      columns(lower(keys));
      List<String> keyColumns = keys(keys);
      Schema schema = schema();
      PartitionSpec partitions = PartitionSpec.unpartitioned();
      SortOrder order = SortOrder.unsorted();
      if (errors.isEmpty()) {
        Layouts layouts = new Layouts(schema, errors);
        partitions = layouts.partitions(orNone(body.partitions()), keyColumns);
        order = layouts.order(orNone(body.sortOrder()));
      }
      if (name.isEmpty() || !errors.isEmpty()) {
        throw Problem.of(
                400,
                "bad_declaration",
                "The dataset cannot be declared like this",
                String.join("; ", errors))
            .with("errors", List.copyOf(errors))
            .hint("types are " + ColumnType.NAMES)
            .toException();
      }
      return new Declaration(name.get(), schema, keyColumns, partitions, order, value(name.get()));
    }

    private Optional<DatasetName> name() {
      String said = body.name();
      if (said == null || !DatasetName.isLegal(said)) {
        errors.add(
            "name: '"
                + said
                + "' is not a dataset name: it starts with a letter a-z and has at most 100 of"
                + " a-z, 0-9 and _");
        return Optional.empty();
      }
      return Optional.of(new DatasetName(said));
    }

    private void columns(Set<String> keys) {
      List<DeclarationBody.@Nullable Column> said = orNone(body.columns());
      if (said.isEmpty() || said.size() > MOST_COLUMNS) {
        errors.add("columns: there are " + said.size() + ", not 1 to " + MOST_COLUMNS);
        return;
      }
      List<String> own = new ArrayList<>();
      said.forEach(column -> own.add(column == null ? "" : String.valueOf(column.name())));
      List<String> avroNames = ColumnNames.avro(own);
      int id = 0;
      for (int i = 0; i < said.size(); i++) {
        DeclarationBody.Column column = said.get(i);
        String at = "columns[" + i + "]";
        if (column == null || !isName(column.name(), at)) {
          continue;
        }
        String name = own.get(i);
        boolean key = keys.contains(name.toLowerCase(Locale.ROOT));
        if (key && Boolean.TRUE.equals(column.nullable())) {
          errors.add(at + ": the key column '" + name + "' cannot be nullable");
        }
        Optional<ColumnType> type = ColumnType.of(String.valueOf(column.type()), id + 2);
        if (type.isEmpty()) {
          errors.add(at + ": '" + name + "' has the unknown type '" + column.type() + "'");
          continue;
        }
        boolean nullable = !key && !Boolean.FALSE.equals(column.nullable());
        add(++id, name, avroNames.get(i), type.get(), nullable);
        id += type.get().iceberg().isNestedType() ? 1 : 0;
      }
    }

    private boolean isName(@Nullable String name, String at) {
      if (name == null || name.isBlank() || !name.strip().equals(name)) {
        errors.add(at + ": a name is missing, or has white space around it");
        return false;
      }
      String lower = name.toLowerCase(Locale.ROOT);
      if (MetadataColumns.contains(lower)) {
        errors.add(at + ": '" + name + "' is a column of every table already");
        return false;
      } else if (byName.containsKey(lower)) {
        errors.add(at + ": '" + name + "' is there twice; names that differ in case only are one");
        return false;
      }
      return true;
    }

    private void add(int id, String name, String avroName, ColumnType type, boolean nullable) {
      NestedField field =
          nullable
              ? NestedField.optional(id, name, type.iceberg())
              : NestedField.required(id, name, type.iceberg());
      fields.add(field);
      byName.put(name.toLowerCase(Locale.ROOT), field);
      types.put(name.toLowerCase(Locale.ROOT), type);
      org.apache.avro.Schema.Field record =
          nullable
              ? new org.apache.avro.Schema.Field(
                  avroName,
                  SchemaEvolution.optional(type.avro()),
                  null,
                  org.apache.avro.Schema.Field.NULL_DEFAULT_VALUE)
              : new org.apache.avro.Schema.Field(avroName, type.avro(), null, null);
      if (!avroName.equals(name)) {
        record.addProp(ColumnNames.PROPERTY, name);
      }
      avro.add(record);
    }

    private List<String> keys(List<String> said) {
      List<String> keys = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (String key : said) {
        String lower = key.toLowerCase(Locale.ROOT);
        NestedField field = byName.get(lower);
        ColumnType type = types.get(lower);
        if (field == null || type == null) {
          errors.add("keys: there is no column '" + key + "'");
        } else if (!seen.add(lower)) {
          errors.add("keys: '" + key + "' is there twice");
        } else if (!type.canBeKey()) {
          errors.add("keys: '" + key + "' is of a type that cannot be a key, " + type.iceberg());
        } else if (field.name().contains(",")) {
          errors.add("keys: the name '" + key + "' has a comma, which a key's may not");
        } else {
          keys.add(field.name());
        }
      }
      return keys;
    }

    private Schema schema() {
      List<NestedField> all = new ArrayList<>(fields);
      int highest = 0;
      for (NestedField field : fields) {
        highest = Math.max(highest, field.fieldId() + (field.type().isNestedType() ? 1 : 0));
      }
      all.addAll(MetadataColumns.fields(highest + 1));
      return new Schema(all);
    }

    private org.apache.avro.Schema value(DatasetName name) {
      org.apache.avro.Schema record =
          org.apache.avro.Schema.createRecord(name.value(), null, "lakehouse.data", false);
      record.setFields(avro);
      return record;
    }

    private static Set<String> lower(List<String> names) {
      Set<String> lower = new HashSet<>();
      names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
      return lower;
    }

    private static List<String> names(@Nullable List<@Nullable String> said) {
      return orNone(said).stream().map(String::valueOf).toList();
    }

    private static <T extends @Nullable Object> List<T> orNone(@Nullable List<T> said) {
      return said == null ? List.of() : said;
    }
  }

  /** How it looks to callers, now that it is there. */
  Shown shown(String topic, int valueSchemaId, RecordKeys recordKeys) {
    return new Shown(
        name.value(),
        keys,
        Layouts.shown(columns, partitions),
        Layouts.shown(columns, order),
        topic,
        valueSchemaId,
        recordKeys.isKeyed() ? recordKeys.schemaId() : null);
  }
}
