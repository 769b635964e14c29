package dev.lakehouse.schemas.table;

import java.util.List;
import java.util.Set;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns behind the user's own in every {@code lake.*} table: each row is traceable to one
 * Kafka record. {@code SELECT *} hides them; naming them shows them.
 */
public final class MetadataColumns {
  public static final String PARTITION = "_kafka_partition";
  public static final String OFFSET = "_kafka_offset";

  /** When the record's producer or broker stamped it, UTC. */
  public static final String INGESTED_AT = "_ingested_at";

  /** The ingest that brought the row; null for a foreign producer's record. */
  public static final String INGEST_ID = "_ingest_id";

  /** The names, in table order. */
  public static final List<String> NAMES = List.of(PARTITION, OFFSET, INGESTED_AT, INGEST_ID);

  private static final Set<String> SET = Set.copyOf(NAMES);

  private MetadataColumns() {}

  /** The columns with field ids from {@code firstId} on. */
  public static List<NestedField> fields(int firstId) {
    return List.of(
        NestedField.required(firstId, PARTITION, Types.IntegerType.get()),
        NestedField.required(firstId + 1, OFFSET, Types.LongType.get()),
        NestedField.required(firstId + 2, INGESTED_AT, Types.TimestampType.withZone()),
        NestedField.optional(firstId + 3, INGEST_ID, Types.StringType.get()));
  }

  /** Whether the column is one of these. */
  public static boolean contains(String column) {
    return SET.contains(column);
  }

  /** The names as a set, for {@link dev.lakehouse.schemas.name.ColumnNames#unique}. */
  public static Set<String> reserved() {
    return SET;
  }
}
