package dev.lakehouse.query.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.types.Types;

/** Writers, each with a client of its own, that append to one table at the same time. */
record Race(int writers, int each) {
  private static final TableIdentifier NAME = TableNames.of(new DatasetName("races"));

  int commits() {
    return writers * each;
  }

  /** Makes the table, runs the race, and holds that each append is in the table once. */
  void run(CatalogConfig config, LakeCatalog look) throws Exception {
    look.catalog()
        .createTable(NAME, new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        all.add(threads.submit(() -> append(config, number)));
      }
      for (Future<?> writer : all) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Table table = look.catalog().loadTable(NAME);
    List<String> files = new ArrayList<>();
    try (var tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file().location()));
    }
    assertThat(files).doesNotHaveDuplicates().hasSize(commits());
    assertThat(table.snapshots()).hasSize(commits());
  }

  private void append(CatalogConfig config, int writer) {
    try (LakeCatalog client = LakeCatalog.open(config)) {
      Table table = client.catalog().loadTable(NAME);
      int done = 0;
      while (done < each) {
        try {
          table.newAppend().appendFile(file(table, writer, done)).commit();
          done++;
        } catch (CommitFailedException lost) {
          table.refresh();
        }
      }
    }
  }

  private static DataFile file(Table table, int writer, int number) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(table.location() + "/data/" + writer + "-" + number + ".parquet")
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(1)
        .withRecordCount(1)
        .build();
  }
}
