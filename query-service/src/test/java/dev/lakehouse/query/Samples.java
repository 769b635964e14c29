package dev.lakehouse.query;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Two small tables that the test queries are about. */
public final class Samples {
  private static final List<String> REGIONS = List.of("emea", "apac", "amer", "latam");

  private Samples() {}

  public static void addTo(Lake lake) {
    Table sales =
        lake.create(
            "sales",
            new Schema(
                NestedField.required(1, "id", Types.LongType.get()),
                NestedField.required(2, "ts", Types.TimestampType.withoutZone()),
                NestedField.optional(3, "region", Types.StringType.get()),
                NestedField.optional(4, "product", Types.StringType.get()),
                NestedField.optional(5, "qty", Types.IntegerType.get()),
                NestedField.optional(6, "price", Types.DecimalType.of(10, 2)),
                NestedField.optional(7, "status", Types.StringType.get()),
                NestedField.optional(8, "email", Types.StringType.get()),
                NestedField.optional(9, "customer_id", Types.LongType.get())));
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      rows.add(
          Lake.row(
              (long) i,
              LocalDateTime.of(2024, 1, 1, 0, 0).plusMinutes(37L * i),
              REGIONS.get(i % 4),
              "product-" + i % 40,
              i % 21,
              new BigDecimal(i * 7 % 1000).movePointLeft(2).setScale(2),
              i % 3 == 0 ? "paid" : "open",
              "user" + i + "@example.com",
              (long) (i % 50)));
    }
    Lake.append(sales, rows.toArray(new Object[0][]));
    Table customers =
        lake.create(
            "customers",
            new Schema(
                NestedField.required(1, "customer_id", Types.LongType.get()),
                NestedField.optional(2, "segment", Types.StringType.get()),
                NestedField.optional(3, "country", Types.StringType.get())));
    List<@Nullable Object[]> people = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      people.add(Lake.row((long) i, "seg" + i % 3, "country-" + i % 7));
    }
    Lake.append(customers, people.toArray(new Object[0][]));
  }
}
