package dev.lakehouse.ingest.classify;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Evidence in a state store, as JSON. */
final class EvidenceStore {
  static final String NAME = "evidence";

  private static final String DATASET = "D/";
  private static final String COLUMN = "C/";

  private final KeyValueStore<String, byte[]> store;
  private final ObjectMapper json = new ObjectMapper();

  EvidenceStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** All there is, by incarnation. */
  Map<String, Evidence> load() {
    Map<String, Evidence> known = new LinkedHashMap<>();
    Map<String, byte[]> columns = new LinkedHashMap<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (entry.key.startsWith(DATASET)) {
          String incarnation = entry.key.substring(DATASET.length());
          DatasetState dataset = read(entry.value, DatasetState.class);
          known.put(incarnation, new Evidence(incarnation, dataset, this));
        } else {
          columns.put(entry.key, entry.value);
        }
      }
    }
    columns.forEach(
        (key, value) -> {
          int slash = key.indexOf('/', COLUMN.length());
          Evidence evidence = known.get(key.substring(COLUMN.length(), slash));
          if (evidence != null) {
            evidence.remember(key.substring(slash + 1), read(value, ColumnState.class));
          }
        });
    return known;
  }

  void put(Evidence evidence) {
    store.put(DATASET + evidence.incarnation(), write(evidence.dataset()));
  }

  void put(Evidence evidence, String column, ColumnState state) {
    store.put(key(evidence, column), write(state));
  }

  void delete(Evidence evidence) {
    store.delete(DATASET + evidence.incarnation());
  }

  void delete(Evidence evidence, String column) {
    store.delete(key(evidence, column));
  }

  private static String key(Evidence evidence, String column) {
    return COLUMN + evidence.incarnation() + "/" + column;
  }

  private byte[] write(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T read(byte[] bytes, Class<T> type) {
    try {
      return json.readValue(bytes, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
