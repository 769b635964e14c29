package dev.lakehouse.ingest.schema;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells whether a dataset is derived, as its table says. That one is not is good for a second, for
 * a dataset becomes derived before it has a row.
 */
public final class DerivedDatasets implements Predicate<DatasetName> {
  private static final long GOOD_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MOST = 10_000;

  private final LakeCatalog catalog;

  /** When those that are not derived were looked at. */
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

  @Override
  public boolean test(DatasetName dataset) {
    long now = System.nanoTime();
    synchronized (ordinary) {
      Long looked = ordinary.get(dataset.value());
      if (looked != null && now - looked < GOOD_NANOS) {
        return false;
      }
    }
    if (catalog.table(dataset).filter(Generations::isDerived).isPresent()) {
      return true;
    }
    synchronized (ordinary) {
      ordinary.put(dataset.value(), now);
    }
    return false;
  }
}
