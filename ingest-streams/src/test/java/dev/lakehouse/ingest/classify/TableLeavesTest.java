package dev.lakehouse.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.table.MetadataColumns;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class TableLeavesTest {
  private static final Types.StructType PLACE =
      Types.StructType.of(
          NestedField.optional(11, "street", Types.StringType.get()),
          NestedField.optional(12, "since", Types.DateType.get()));

  private static Schema schema() {
    List<NestedField> columns =
        new ArrayList<>(
            List.of(
                NestedField.optional(1, "id", Types.LongType.get()),
                NestedField.optional(2, "share", Types.DoubleType.get()),
                NestedField.optional(3, "pay", Types.DecimalType.of(9, 2)),
                NestedField.optional(4, "at", Types.TimestampType.withZone()),
                NestedField.optional(5, "local", Types.TimestampType.withoutZone()),
                NestedField.optional(6, "raw", Types.BinaryType.get()),
                NestedField.optional(7, "place", PLACE),
                NestedField.optional(
                    8, "phones", Types.ListType.ofOptional(13, Types.StringType.get())),
                NestedField.optional(
                    9,
                    "notes",
                    Types.MapType.ofOptional(
                        14, 15, Types.StringType.get(), Types.StringType.get())),
                NestedField.optional(10, "never", Types.StringType.get())));
    columns.addAll(MetadataColumns.fields(20));
    return new Schema(columns);
  }

  @Test
  void everyLeafIsTheTextThatTheLogWouldHaveGiven() {
    Schema schema = schema();
    GenericRecord place = GenericRecord.create(PLACE);
    place.setField("street", "Elm Street 4");
    place.setField("since", LocalDate.of(1999, 5, 1));
    GenericRecord row = GenericRecord.create(schema);
    row.setField("id", 7L);
    row.setField("share", 12.0);
    row.setField("pay", new BigDecimal("1200.50"));
    row.setField("at", OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 678_000, ZoneOffset.UTC));
    row.setField("local", LocalDateTime.of(2024, 1, 2, 3, 4, 5));
    row.setField("raw", ByteBuffer.wrap("bytes".getBytes(StandardCharsets.UTF_8)));
    row.setField("place", place);
    row.setField("phones", List.of("1", "2"));
    row.setField("notes", Map.of("who", "Ann"));
    row.setField(MetadataColumns.OFFSET, 99L);

    Map<Integer, String> texts = new TreeMap<>();
    TableLeaves.read(schema, row, (id, text) -> texts.merge(id, text, (a, b) -> a + "," + b));

    assertThat(texts)
        .isEqualTo(
            Map.ofEntries(
                Map.entry(1, "7"),
                Map.entry(2, "12"),
                Map.entry(3, "1200.50"),
                Map.entry(4, "2024-01-02T03:04:05Z"),
                Map.entry(5, "2024-01-02T03:04:05Z"),
                Map.entry(6, "bytes"),
                Map.entry(11, "Elm Street 4"),
                Map.entry(12, "1999-05-01"),
                Map.entry(13, "1,2"),
                Map.entry(14, "who"),
                Map.entry(15, "Ann")));
    assertThat(TableLeaves.of(schema).keySet())
        .containsExactly(
            "id",
            "share",
            "pay",
            "at",
            "local",
            "raw",
            "place.street",
            "place.since",
            "phones.element",
            "notes.key",
            "notes.value",
            "never");
  }
}
