package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LocalFileIO;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/** A table of many small commits before and after its upkeep. */
final class MaintainBench {
  /** Nothing happens by itself, and snapshots are kept for a minute, so that both states show. */
  static final String SETTINGS =
      """
      [landing]
      snapshot_retention = "1s"
      [query]
      timeout = "30s"
      [maintain]
      automatic = false
      interval = "1d"
      receipt_retention = "1s"
      """;

  private static final int ROWS = 10;
  private static final int AT_ONCE = 500;
  private static final long RETENTION_MILLIS = 65_000;
  private static final String SQL = "SELECT count(*), sum(id) FROM kept";

  private MaintainBench() {}

  static void run(Stack stack, int commits, int runs) throws IOException, InterruptedException {
    var unused = stack.client().event("kept", Map.of("id", 0));
    while (!stack.client().cell("SELECT count(*) FROM kept").equals("1")) {
      Thread.sleep(50);
    }
    try (LakeCatalog catalog = LakeCatalog.open(stack.catalog())) {
      Table table = catalog.table(new DatasetName("kept")).orElseThrow();
      for (int done = 0; done < commits; done += AT_ONCE) {
        commit(table, Math.min(AT_ONCE, commits - done));
      }
      System.out.printf(
          Locale.ROOT,
          "%n### %,d commits of a file of %d rows each, and the upkeep%n%n"
              + "| | `%s`, ms: median (least–most) | data files | files on disk | metadata file, KiB | snapshots | MiB of all processes |%n"
              + "|---|---:|---:|---:|---:|---:|---:|%n",
          commits,
          ROWS,
          SQL);
      row(stack, table, "before", runs);
      double first = compact(stack);
      row(stack, table, "merged", runs);
      Thread.sleep(RETENTION_MILLIS);
      double second = compact(stack);
      row(stack, table, "its last snapshots expired, too", runs);
      System.out.printf(
          Locale.ROOT,
          "%nThe upkeep took %.1f s, and %.1f s for what could be expired a minute later.%n",
          first,
          second);
    }
  }

  private static void commit(Table table, int commits) throws IOException {
    table.refresh();
    Transaction transaction = table.newTransaction();
    for (int i = 0; i < commits; i++) {
      transaction.newAppend().appendFile(file(table)).commit();
    }
    transaction.commitTransaction();
  }

  private static DataFile file(Table table) throws IOException {
    DataWriter<Record> writer =
        Parquet.writeData(
                table
                    .io()
                    .newOutputFile(
                        table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet")))
            .forTable(table)
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      for (long id = 0; id < ROWS; id++) {
        Record row = GenericRecord.create(table.schema());
        row.setField("id", id);
        row.setField(MetadataColumns.PARTITION, 0);
        row.setField(MetadataColumns.OFFSET, id);
        row.setField(
            MetadataColumns.INGESTED_AT, OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        writer.write(row);
      }
    }
    return writer.toDataFile();
  }

  /** Seconds from the question to the end of the run. */
  private static double compact(Stack stack) throws IOException, InterruptedException {
    long start = System.nanoTime();
    String id =
        stack.client().post("/query/compact", Map.of("dataset", "kept")).path("id").asText();
    while (true) {
      JsonNode run = stack.client().get("/query/compact/" + id);
      String state = run.path("state").asText();
      if (state.equals("failed")) {
        throw new IOException(run.toString());
      }
      if (state.equals("done")) {
        return (System.nanoTime() - start) / 1e9;
      }
      Thread.sleep(100);
    }
  }

  private static void row(Stack stack, Table table, String what, int runs)
      throws IOException, InterruptedException {
    table.refresh();
    Samples query = new Samples();
    for (int run = -1; run < runs; run++) {
      long start = System.nanoTime();
      var unused = stack.client().rows(SQL);
      if (run >= 0) {
        query.since(start);
      }
    }
    long snapshots = StreamSupport.stream(table.snapshots().spliterator(), false).count();
    String metadata = ((HasTableOperations) table).operations().current().metadataFileLocation();
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %,d | %,d | %,d | %d |%n",
        what,
        query.text(),
        table.currentSnapshot().summary().get("total-data-files"),
        files(LocalFileIO.path(table.location())),
        Files.size(LocalFileIO.path(metadata)) / 1024,
        snapshots,
        stack.residentMiB());
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
