package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables one after the other, on a thread of its own, with Iceberg's own reader: rows that
 * were deleted are not looked at, and a column is known by its field id. Holds one row and the
 * evidence, whatever the table's size.
 */
final class CatalogTablePast implements TablePast, AutoCloseable {
  /** So many rows count as what comes in a second. */
  private static final long ROWS_A_SECOND = 1 << 16;

  static final String THREAD = "classify-table";

  private static final Logger LOG = LoggerFactory.getLogger(CatalogTablePast.class);
  private static final int ROWS_AT_ONCE = 4096;

  private final LakeCatalog catalog;
  private final Clock clock;
  private final ExecutorService one =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, THREAD);
            thread.setDaemon(true);
            return thread;
          });

  CatalogTablePast(LakeCatalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Optional<Map<Integer, ColumnState>>> read(
      String dataset, String incarnation, List<Unread> ranges) {
    List<Unread> wanted = List.copyOf(ranges);
    return CompletableFuture.supplyAsync(() -> look(dataset, incarnation, wanted), one);
  }

  private Optional<Map<Integer, ColumnState>> look(
      String dataset, String incarnation, List<Unread> ranges) {
    return catalog
        .table(new DatasetName(dataset))
        .filter(table -> LandedState.of(table).filter(s -> has(s, incarnation, ranges)).isPresent())
        .map(table -> look(dataset, table, ranges));
  }

  /**
   * Whether all of the ranges that will ever be rows are. Where nothing of a partition has landed,
   * nothing of what its log has lost ever will.
   */
  private static boolean has(LandedState landed, String incarnation, List<Unread> ranges) {
    OffsetVector reached = landed.offsets();
    return landed.topicId().equals(incarnation)
        && ranges.stream()
            .allMatch(
                range ->
                    !reached.next().containsKey(range.partition())
                        || reached.of(range.partition()) >= range.to());
  }

  private Map<Integer, ColumnState> look(String dataset, Table table, List<Unread> ranges) {
    Schema schema = table.schema();
    Map<Integer, ColumnState> evidence = new HashMap<>();
    TableLeaves.of(schema).forEach((path, id) -> evidence.put(id, ColumnState.of(path, id)));
    Map<Integer, ColumnSample> samples = new LinkedHashMap<>();
    long rows = 0;
    try (CloseableIterable<Record> read =
        IcebergGenerics.read(table).where(among(ranges)).build()) {
      for (Record row : read) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("classification stops");
        }
        TableLeaves.read(
            schema,
            row,
            (id, text) -> samples.computeIfAbsent(id, any -> new ColumnSample()).take(text));
        if (++rows % ROWS_AT_ONCE == 0) {
          flush(samples, evidence);
          long second = rows / ROWS_A_SECOND * 1000;
          samples.values().forEach(sample -> sample.begin(second));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flush(samples, evidence);
    LOG.info("{} rows of {} were classified from its table: {}", rows, dataset, ranges);
    return evidence;
  }

  private void flush(Map<Integer, ColumnSample> samples, Map<Integer, ColumnState> evidence) {
    long now = clock.millis();
    samples.forEach(
        (id, sample) -> {
          ColumnState state = evidence.get(id);
          if (state != null) {
            state.add(sample.tally(), now);
          }
        });
  }

  private static Expression among(List<Unread> ranges) {
    Expression any = Expressions.alwaysFalse();
    for (Unread range : ranges) {
      any =
          Expressions.or(
              any,
              Expressions.and(
                  Expressions.equal(MetadataColumns.PARTITION, range.partition()),
                  Expressions.greaterThanOrEqual(MetadataColumns.OFFSET, range.from()),
                  Expressions.lessThan(MetadataColumns.OFFSET, range.to())));
    }
    return any;
  }

  @Override
  public void close() {
    one.shutdownNow();
  }
}
