package dev.lakehouse.query.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of recent statements are, so that one that is asked again is planned once and not
 * twice. A statement names its scans, and a scan's name is never given to another. Safe for use by
 * many threads.
 */
final class DuckShapes {
  private static final int MOST = 256;

  /** Longer statements are not kept, in characters. */
  private static final int LONGEST = 10_000;

  private final Map<String, DuckBounds> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DuckBounds> eldest) {
          return size() > MOST;
        }
      };

  synchronized @Nullable DuckBounds of(String statement) {
    return kept.get(statement);
  }

  synchronized void keep(String statement, DuckBounds bounds) {
    if (statement.length() <= LONGEST) {
      kept.put(statement, bounds);
    }
  }
}
