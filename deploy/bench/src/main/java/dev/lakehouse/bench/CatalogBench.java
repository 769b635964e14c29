package dev.lakehouse.bench;

import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/**
 * Commits as landing makes them, by the catalog's REST door and with the catalog opened directly,
 * from one process beside the product, turn by turn on the same table.
 */
final class CatalogBench {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  private static final int COMMITS = 20;
  private static final int WRITERS = 4;

  private CatalogBench() {}

  /**
   * @param snapshots how many snapshots the longer of the two histories has
   */
  static void run(Stack stack, int runs, int snapshots)
      throws InterruptedException, ExecutionException {
    try (LakeCatalog direct = LakeCatalog.open(stack.catalog());
        LakeCatalog door = LakeCatalog.open(stack.door())) {
      System.out.printf(
          Locale.ROOT,
          "%n### Commits by the catalog's door%n%n"
              + "| | by the door, ms (least–most) | direct, ms (least–most) | ratio |%n"
              + "|---|---:|---:|---:|%n");
      one(direct, door, "short", 0, runs);
      one(direct, door, "long", snapshots, runs);
      double byDoor = together(direct, door, "door", runs);
      double directly = together(direct, direct, "direct", runs);
      System.out.printf(
          Locale.ROOT,
          "%n| commits/s of %d writers, each to its own table | by the door | direct |%n"
              + "|---|---:|---:|%n| | %.0f | %.0f |%n",
          WRITERS,
          byDoor,
          directly);
    }
  }

  private static void one(
      LakeCatalog direct, LakeCatalog door, String name, int snapshots, int runs) {
    TableIdentifier id = TableIdentifier.of(TableNames.LAKE, "commits_" + name);
    Table directly = create(direct, id);
    if (snapshots > 0) {
      Transaction history = directly.newTransaction();
      for (int i = 0; i < snapshots; i++) {
        history.newAppend().appendFile(file(directly, "history", i)).commit();
      }
      history.commitTransaction();
    }
    Table byDoor = door.catalog().loadTable(id);
    Samples ours = new Samples();
    Samples theirs = new Samples();
    for (int i = -COMMITS; i < runs * COMMITS; i++) {
      long start = System.nanoTime();
      commit(byDoor, "door", i);
      double first = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      commit(directly, "direct", i);
      double second = (System.nanoTime() - start) / 1e6;
      if (i >= 0) {
        ours.add(first);
        theirs.add(second);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %,d snapshots before | %s | %s | %.2f |%n",
        snapshots,
        ours.text(),
        theirs.text(),
        ours.median() / theirs.median());
  }

  /** Commits a second of several writers at once, each to its own table. */
  private static double together(LakeCatalog direct, LakeCatalog by, String name, int runs)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Table> tables = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        TableIdentifier id = TableIdentifier.of(TableNames.LAKE, "many_" + name + writer);
        create(direct, id);
        tables.add(by.catalog().loadTable(id));
      }
      long start = System.nanoTime();
      List<Future<?>> writers = new ArrayList<>();
      for (Table table : tables) {
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < runs * COMMITS; i++) {
                    commit(table, name, i);
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      return WRITERS * runs * COMMITS / ((System.nanoTime() - start) / 1e9);
    } finally {
      threads.shutdown();
    }
  }

  private static Table create(LakeCatalog catalog, TableIdentifier id) {
    return catalog
        .catalog()
        .buildTable(id, SCHEMA)
        .withProperties(
            Map.of(
                TableProperties.FORMAT_VERSION, "2",
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
                TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20",
                TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "20"))
        .create();
  }

  /** Looks at the table, then appends and says in its properties how far. */
  private static void commit(Table table, String writer, int number) {
    table.refresh();
    Transaction transaction = table.newTransaction();
    transaction.newAppend().appendFile(file(table, writer, number)).commit();
    transaction.updateProperties().set("offsets", "0:" + number).commit();
    transaction.commitTransaction();
  }

  /** A file that nobody reads. */
  private static DataFile file(Table table, String writer, int number) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(table.location() + "/data/" + writer + number + ".parquet")
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(1)
        .withRecordCount(1)
        .build();
  }
}
