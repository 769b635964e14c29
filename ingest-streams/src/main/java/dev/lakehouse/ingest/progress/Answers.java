package dev.lakehouse.ingest.progress;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * Where on the topic {@code ingest.progress} the answer to each request of events is. Only the
 * place is held, some 200 bytes for each; the answer itself stays on the topic. Safe for use by
 * many threads.
 */
final class Answers {
  private final ConcurrentMap<String, Place> places = new ConcurrentHashMap<>();
  private final NavigableMap<Position, Place> oldestFirst = new ConcurrentSkipListMap<>();

  /** Where the newest answer of an ingest is. */
  record Place(Position position, int partition, long offset) {
    String ingestId() {
      return position.ingestId();
    }
  }

  void put(Place place) {
    places.compute(
        place.ingestId(),
        (id, had) -> {
          if (had != null && had.offset() >= place.offset()) {
            return had;
          }
          if (had != null) {
            oldestFirst.remove(had.position());
          }
          oldestFirst.put(place.position(), place);
          return place;
        });
  }

  /** Takes note that the topic has forgotten what it said of the ingest before this offset. */
  void forget(String ingestId, long offset) {
    places.computeIfPresent(
        ingestId,
        (id, had) -> {
          if (had.offset() > offset) {
            return had;
          }
          oldestFirst.remove(had.position());
          return null;
        });
  }

  Optional<Place> find(String ingestId) {
    return Optional.ofNullable(places.get(ingestId));
  }

  /** The positions before this one, the newest first. */
  Stream<Position> before(Position position) {
    return oldestFirst.headMap(position, false).descendingMap().keySet().stream();
  }

  /**
   * The ingests whose requests came before a time, and the oldest of those beyond a number.
   *
   * @param most that may stay
   */
  List<String> surplus(Instant time, int most) {
    List<String> surplus = new ArrayList<>();
    int beyond = places.size() - most;
    for (Position position : oldestFirst.keySet()) {
      if (surplus.size() >= beyond && !position.startedAt().isBefore(time)) {
        break;
      }
      surplus.add(position.ingestId());
    }
    return surplus;
  }

  int size() {
    return places.size();
  }
}
