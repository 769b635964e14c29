package dev.lakehouse.ingest.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.progress.Answers.Place;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.LakehouseServer;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest progress of every file, without what only its reading needs once that is over. Safe
 * for use by many threads.
 */
final class KnownFiles {
  private static final ObjectMapper JSON = LakehouseServer.json();
  private static final String OPTIONS = "options";

  private final Map<String, IngestProgress> newest = new ConcurrentHashMap<>();
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final Map<String, List<String>> bySha256 = new ConcurrentHashMap<>();
  private final NavigableSet<Position> oldestFirst = new ConcurrentSkipListSet<>();

  void put(IngestProgress progress) {
    String id = progress.getIngestId();
    newest.merge(id, slim(progress), (had, comes) -> rank(comes) >= rank(had) ? comes : had);
    oldestFirst.add(Position.of(progress));
    if (!progress.getSha256().isEmpty()) {
      bySha256.merge(
          progress.getSha256(),
          List.of(id),
          (had, comes) ->
              had.contains(id) ? had : Stream.concat(had.stream(), comes.stream()).toList());
    }
  }

  /**
   * States only go forward, and so do rows within a state, and what is replayed once all are read.
   */
  private static long rank(IngestProgress progress) {
    long state =
        switch (progress.getState()) {
          case RECEIVED -> 0;
          case READING -> 1;
          case READ, REJECTED, FAILED ->
              progress.getUndoneAt() != null ? 4 : progress.getUndoAskedAt() != null ? 3 : 2;
        };
    return (state << 56) + progress.getRowsRead() + progress.getRowsReplayed();
  }

  private static IngestProgress slim(IngestProgress progress) {
    return ProgressLog.isOver(progress)
        ? IngestProgress.newBuilder(progress)
            .setAvroSchema(null)
            .setDialect(onlyOptions(progress.getDialect()))
            .build()
        : progress;
  }

  private static @Nullable String onlyOptions(@Nullable String dialect) {
    if (dialect == null) {
      return null;
    }
    try {
      Object options = JSON.readValue(dialect, Map.class).get(OPTIONS);
      return options == null ? null : JSON.writeValueAsString(Map.of(OPTIONS, options));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Takes note of where on the topic the newest progress is. */
  void at(Place place) {
    places.merge(
        place.ingestId(), place, (had, comes) -> comes.offset() > had.offset() ? comes : had);
  }

  /** Where on the topic the newest progress is that was read from it. */
  Optional<Place> place(String ingestId) {
    return Optional.ofNullable(places.get(ingestId));
  }

  Optional<IngestProgress> find(String ingestId) {
    return Optional.ofNullable(newest.get(ingestId));
  }

  Stream<IngestProgress> all() {
    return newest.values().stream();
  }

  /** The files with these bytes. */
  List<IngestProgress> of(String sha256) {
    return bySha256.getOrDefault(sha256, List.of()).stream()
        .flatMap(id -> find(id).stream())
        .toList();
  }

  /** Where the files stand that came before this position, the newest first. */
  Stream<Position> before(Position position) {
    return oldestFirst.headSet(position, false).descendingSet().stream();
  }
}
