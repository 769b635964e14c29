package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.schemas.http.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer in one format, row by row. */
interface ResultWriter extends Closeable {
  void begin(List<Rows.Column> columns) throws IOException;

  void row(@Nullable Object[] values) throws IOException;

  void end(Stats stats, Receipt receipt) throws IOException;

  /** Ends an answer whose first rows are already gone out. */
  void fail(Problem problem) throws IOException;
}
