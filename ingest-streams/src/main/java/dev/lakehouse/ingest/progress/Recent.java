package dev.lakehouse.ingest.progress;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was asked for last: at most so many entries, of which the one not asked for the longest
 * gives way. Safe for use by many threads.
 */
final class Recent<K, V> {
  private final Map<K, V> entries;

  /**
   * @param most entries held
   */
  Recent(int most) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized V findOr(K key, Supplier<V> otherwise) {
    return entries.computeIfAbsent(key, absent -> otherwise.get());
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  synchronized void remove(K key) {
    entries.remove(key);
  }

  synchronized int size() {
    return entries.size();
  }
}
