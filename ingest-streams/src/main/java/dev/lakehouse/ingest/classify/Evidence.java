package dev.lakehouse.ingest.classify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one incarnation of a dataset as it is worked on; what it puts is in the store
 * too.
 */
final class Evidence {
  /** How long it may rest between two statements, and how long at most while nothing is new. */
  private static final long REST_MILLIS = 1000;

  private static final long LONGEST_REST_MILLIS = 5000;

  /** What was seen so long ago may belong to a column that has come in another's place since. */
  private static final long RECENT_MILLIS = 60_000;

  /** What the rows of some ranges are being found to be. */
  private record Reading(
      List<Unread> ranges, CompletableFuture<Optional<Map<Integer, ColumnState>>> evidence) {}

  /** A column of the table, and its evidence under the evidence's own name of it. */
  record Column(String path, int fieldId, ColumnState state) {}

  private final String incarnation;
  private final DatasetState dataset;
  private final EvidenceStore store;
  private final Map<String, ColumnState> columns = new LinkedHashMap<>();
  private @Nullable Reading reading;
  private boolean dirty = true;
  private long notBefore;
  private long rest = REST_MILLIS;

  Evidence(String incarnation, DatasetState dataset, EvidenceStore store) {
    this.incarnation = incarnation;
    this.dataset = dataset;
    this.store = store;
  }

  String incarnation() {
    return incarnation;
  }

  DatasetState dataset() {
    return dataset;
  }

  /** Whether something is to be said of it now. */
  boolean isDue(long now) {
    return dirty && now >= notBefore;
  }

  /** It was spoken about, and all of it was said, or some cannot be said yet. */
  void spoken(boolean all, long now) {
    dirty = !all;
    notBefore = now + (all ? REST_MILLIS : rest / 4);
    rest = Math.min(LONGEST_REST_MILLIS, rest * 2);
  }

  /** Takes what the store has of a column. */
  void remember(String name, ColumnState state) {
    columns.put(name, state);
  }

  void add(Observation observation, long now) {
    if (dataset.covers(observation)) {
      return;
    }
    dataset.cover(observation);
    observation
        .columns()
        .forEach(
            (path, tally) -> {
              ColumnState state = columns.get(path);
              if (state == null) {
                notBefore = 0;
                state = ColumnState.of(path, 0);
              }
              state.add(tally, now);
              put(path, state);
            });
    store.put(this);
    dirty = true;
    rest = REST_MILLIS;
  }

  /** Has the table read for what the log no longer had, if that is due and not under way. */
  void readPast(TablePast past, long now) {
    if (reading == null && !dataset.unread().isEmpty() && isDue(now)) {
      List<Unread> ranges = List.copyOf(dataset.unread());
      reading = new Reading(ranges, past.read(dataset.dataset(), incarnation, ranges));
    }
  }

  /**
   * The table's columns with their evidence, that of rows read from the table included. A column
   * that was dropped and added again begins with what was seen lately.
   *
   * @param leaves path → field id
   */
  List<Column> of(Map<String, Integer> leaves, long now) {
    Map<Integer, ColumnState> read = finished();
    Map<Integer, ColumnState> byId = new HashMap<>();
    columns.values().forEach(state -> byId.put(state.fieldId(), state));
    List<Column> found = new ArrayList<>();
    leaves.forEach(
        (path, id) -> {
          ColumnState state = byId.get(id);
          String own = own(path);
          if (state == null || state.path().equals(own)) {
            ColumnState named = columns.get(own);
            state = named == null ? ColumnState.of(path, id) : named;
            if (named != null && named.fieldId() != id) {
              state = adopt(named, id, leaves, now);
            }
          }
          ColumnState past = read.get(id);
          if (past != null) {
            state.absorb(past, now);
            put(nameOf(state), state);
          }
          found.add(new Column(path, id, state));
        });
    return found;
  }

  private String nameOf(ColumnState state) {
    return columns.entrySet().stream()
        .filter(entry -> entry.getValue() == state)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(columns.containsKey(state.path()) ? "#" + state.fieldId() : state.path());
  }

  /** Whether every column that has evidence is known in the table, or was. */
  boolean isAllOf(Map<String, Integer> leaves) {
    Set<String> names = new HashSet<>();
    leaves.keySet().forEach(path -> names.add(own(path)));
    return columns.entrySet().stream()
        .allMatch(entry -> entry.getValue().fieldId() != 0 || names.contains(entry.getKey()));
  }

  /** Evidence from the table once it is there; what it covers is not unread any more. */
  private Map<Integer, ColumnState> finished() {
    Reading done = reading;
    if (done == null || !done.evidence().isDone()) {
      return Map.of();
    }
    reading = null;
    Optional<Map<Integer, ColumnState>> evidence = done.evidence().join();
    evidence.ifPresent(any -> dataset.read(done.ranges()));
    return evidence.orElse(Map.of());
  }

  /** The evidence's name of a table's column: as landing, without regard to case if need be. */
  private String own(String path) {
    if (columns.containsKey(path)) {
      return path;
    }
    return columns.keySet().stream()
        .filter(own -> own.toLowerCase(Locale.ROOT).equals(path.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(path);
  }

  private ColumnState adopt(ColumnState state, int id, Map<String, Integer> leaves, long now) {
    ColumnState adopted = state;
    if (state.fieldId() != 0) {
      if (leaves.containsValue(state.fieldId())) {
        put("#" + state.fieldId(), state);
      }
      adopted = state.successor(id, now - RECENT_MILLIS);
    }
    adopted.fieldId(id);
    put(adopted.path(), adopted);
    return adopted;
  }

  private void put(String name, ColumnState state) {
    columns.put(name, state);
    store.put(this, name, state);
  }

  /** Forgets everything. */
  void delete() {
    if (reading != null) {
      reading.evidence().cancel(true);
    }
    columns.keySet().forEach(name -> store.delete(this, name));
    store.delete(this);
  }
}
