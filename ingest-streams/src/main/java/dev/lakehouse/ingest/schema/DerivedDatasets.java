package dev.lakehouse.ingest.schema;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * Tells whether a dataset is derived, as its table says. A dataset becomes derived before it has a
 * row, so that one with rows is not is known until it is {@link #forget forgotten}, or for a while;
 * of one without rows it is good for a second.
 */
public final class DerivedDatasets {
  private static final long EMPTY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FILLED_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MOST = 10_000;

  private final LakeCatalog catalog;

  /** Until when those that are not derived are known not to be. */
  private final Map<String, Long> ordinary =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST;
        }
      };

  public DerivedDatasets(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  boolean contains(DatasetName dataset) {
    long now = System.nanoTime();
    synchronized (ordinary) {
      Long until = ordinary.get(dataset.value());
      if (until != null && until - now > 0) {
        return false;
      }
    }
    Optional<Table> table = catalog.table(dataset);
    if (table.filter(Generations::isDerived).isPresent()) {
      return true;
    }
    boolean filled = table.filter(each -> each.currentSnapshot() != null).isPresent();
    synchronized (ordinary) {
      ordinary.put(dataset.value(), now + (filled ? FILLED_NANOS : EMPTY_NANOS));
    }
    return false;
  }

  /** Looks at the table anew the next time: it may be another. */
  void forget(DatasetName dataset) {
    synchronized (ordinary) {
      ordinary.remove(dataset.value());
    }
  }
}
