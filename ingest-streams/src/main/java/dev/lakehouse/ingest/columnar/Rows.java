package dev.lakehouse.ingest.columnar;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one file, whose schema is known before the first. */
interface Rows extends Closeable {
  Shape.Struct shape();

  /** The next row's values, or null behind the last. */
  @Nullable Object @Nullable [] next() throws IOException;
}
