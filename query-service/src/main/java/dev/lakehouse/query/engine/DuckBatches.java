package dev.lakehouse.query.engine;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/** Batches in DuckDB's own memory, handed over without a copy; a batch at a time is there. */
final class DuckBatches implements Batches {
  /** Rows of a batch of numbers; one with texts has as many as bounds count together. */
  private static final long MANY = 32_768;

  private final DuckBounds bounds;
  private final EngineQuery query;
  private final ArrowReader reader;
  private final VectorSchemaRoot root;
  private final List<AutoCloseable> open;
  private final Stop stop;

  /**
   * @param result still unread
   * @param open what to close at the end, in this order; gets what is opened here
   */
  DuckBatches(
      DuckBounds bounds,
      EngineQuery query,
      ResultSet result,
      BufferAllocator memory,
      List<AutoCloseable> open,
      Stop stop)
      throws SQLException {
    this.bounds = bounds;
    this.query = query;
    this.open = open;
    this.stop = stop;
    BufferAllocator own = memory.newChildAllocator("query", 0, Long.MAX_VALUE);
    open.add(0, own);
    long rows = bounds.areSmall() ? MANY : DuckBounds.CHUNK;
    reader = (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(own, rows);
    open.add(0, reader);
    try {
      root = reader.getVectorSchemaRoot();
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  @Override
  public List<String> names() {
    return bounds.columns().stream().map(Rows.Column::name).toList();
  }

  @Override
  public VectorSchemaRoot root() {
    return root;
  }

  @Override
  public boolean next() {
    stop.check();
    try {
      boolean more = reader.loadNextBatch();
      stop.check();
      return more;
    } catch (IOException e) {
      SQLException failed = new SQLException(DuckErrors.bare(e), e);
      throw stop.or(bounds.problem(failed).orElseGet(() -> DuckErrors.problem(failed, query)));
    }
  }

  @Override
  public void close() {
    stop.onRequest(() -> {});
    DuckRows.closeAll(open);
  }
}
