package dev.lakehouse.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * The rows everything is measured with: six columns, about 70 bytes as CSV, the same every time.
 */
final class Rows {
  static final Schema SCHEMA =
      SchemaBuilder.record("sale")
          .fields()
          .requiredLong("id")
          .requiredString("sold_at")
          .requiredString("region")
          .requiredString("product")
          .requiredDouble("price")
          .requiredLong("qty")
          .endRecord();

  private static final List<String> REGIONS = List.of("emea", "apac", "amer", "latam");
  private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);

  private Rows() {}

  static GenericRecord row(long id) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("id", id);
    row.put("sold_at", soldAt(id));
    row.put("region", region(id));
    row.put("product", product(id));
    row.put("price", price(id));
    row.put("qty", qty(id));
    return row;
  }

  /** Writes rows 0 to {@code count - 1} as CSV with a header, unless the file is there already. */
  static Path csv(Path dir, long count) throws IOException {
    Path file = dir.resolve("sales-" + count + ".csv");
    if (!Files.exists(file)) {
      Files.createDirectories(dir);
      Path partial = dir.resolve(file.getFileName() + ".part");
      try (BufferedWriter out = Files.newBufferedWriter(partial)) {
        out.write("id,sold_at,region,product,price,qty\n");
        for (long id = 0; id < count; id++) {
          out.write(
              id
                  + ","
                  + soldAt(id)
                  + ","
                  + region(id)
                  + ","
                  + product(id)
                  + ","
                  + price(id)
                  + ","
                  + qty(id)
                  + "\n");
        }
      }
      Files.move(partial, file);
    }
    return file;
  }

  private static String soldAt(long id) {
    return START.plusSeconds(id % 30_000_000).toString().replace('T', ' ')
        + (START.plusSeconds(id % 30_000_000).getSecond() == 0 ? ":00" : "");
  }

  private static String region(long id) {
    return REGIONS.get((int) (mix(id) & 3));
  }

  private static String product(long id) {
    return "product-" + (mix(id + 7) & 1023);
  }

  private static double price(long id) {
    return (mix(id + 13) & 0xFFFF) / 100.0;
  }

  private static long qty(long id) {
    return 1 + (mix(id + 29) & 15);
  }

  /** Scatters neighbouring ids (the finaliser of MurmurHash3). */
  private static long mix(long id) {
    long h = id * 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    h *= 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
