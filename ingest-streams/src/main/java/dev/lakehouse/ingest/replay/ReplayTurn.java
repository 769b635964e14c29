package dev.lakehouse.ingest.replay;

import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.progress.DocumentLog;
import dev.lakehouse.ingest.progress.QuarantineEntry;
import dev.lakehouse.ingest.progress.Replays;
import dev.lakehouse.ingest.progress.Revisions;
import dev.lakehouse.ingest.read.EndOffsets;
import dev.lakehouse.ingest.replay.ReplayAnswer.Result;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.event.Replayed;
import dev.lakehouse.schemas.event.ReplayedEntry;
import dev.lakehouse.schemas.topic.RecordHeaders;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Some entries replayed in one transaction. */
final class ReplayTurn {
  private final Revisions.Turn turn;
  private final ReplayRequest request;
  private final RowsAgain rows;
  private final Replays replays;
  private final DocumentLog documents;
  private final Clock clock;
  private final Map<String, Optional<Ingest>> ingests = new HashMap<>();
  private final List<ReplayedEntry> marks = new ArrayList<>();
  private final Set<String> places = new HashSet<>();

  /**
   * An entry that is to be replayed.
   *
   * @param said its id as the request has it
   * @param entry empty if there is none of that id
   */
  record Wanted(String said, Optional<QuarantineEntry> entry, Correction correction) {}

  /** An ingest of which entries are replayed. */
  private static final class Ingest {
    private final IngestProgress had;
    private final EndOffsets ends;
    private long replayed;

    Ingest(IngestProgress had) {
      this.had = had;
      this.ends = new EndOffsets(had.getEndOffsets());
    }
  }

  ReplayTurn(
      Revisions.Turn turn,
      ReplayRequest request,
      RowsAgain rows,
      Replays replays,
      DocumentLog documents,
      Clock clock) {
    this.turn = turn;
    this.request = request;
    this.rows = rows;
    this.replays = replays;
    this.documents = documents;
    this.clock = clock;
  }

  /** What becomes of each, once the turn is over. */
  List<Result> run(List<Wanted> wanted) {
    List<Result> results = wanted.stream().map(this::one).toList();
    if (!marks.isEmpty()) {
      turn.flush();
      ingests.values().forEach(ingest -> ingest.ifPresent(this::revise));
      Replayed mark =
          Replayed.newBuilder()
              .setDataset(request.dataset().value())
              .setEntries(marks)
              .setActor(request.actor())
              .setReplayedAt(clock.instant())
              .build();
      var unused = turn.write(replays.record(mark), null);
      turn.then(() -> replays.put(mark));
    }
    return results;
  }

  private void revise(Ingest ingest) {
    if (ingest.replayed > 0) {
      IngestProgress had = ingest.had;
      turn.revise(
          IngestProgress.newBuilder(had)
              .setRowsReplayed(had.getRowsReplayed() + ingest.replayed)
              .setReadEndOffsets(
                  had.getRowsReplayed() == 0 ? had.getEndOffsets() : had.getReadEndOffsets())
              .setEndOffsets(ingest.ends.reached())
              .setTopicId(rows.dataset().topicId())
              .setUpdatedAt(clock.instant())
              .build());
    }
  }

  private Result one(Wanted wanted) {
    try {
      QuarantineEntry entry =
          wanted
              .entry()
              .filter(request.scope()::includes)
              .orElseThrow(() -> new KeptException("unknown_entry", "there is no such entry here"));
      if (replays.contains(entry)) {
        return Result.replayedBefore(wanted.said());
      }
      Optional<Ingest> ingest = ingest(entry.value().getIngestId());
      if (ingest.isPresent()) {
        check(ingest.get().had);
      }
      RowsAgain.Row row = rows.of(entry, ingest.map(found -> found.had), wanted.correction());
      if (!places.add(entry.mark().toString())) {
        throw new KeptException("named_twice", "the request has named the entry before");
      }
      write(entry, ingest, row);
      return Result.replayed(wanted.said());
    } catch (KeptException e) {
      return Result.kept(wanted.said(), e);
    }
  }

  private Optional<Ingest> ingest(@Nullable String id) {
    return id == null
        ? Optional.empty()
        : ingests.computeIfAbsent(id, unseen -> turn.find(unseen).map(Ingest::new));
  }

  private void check(IngestProgress progress) throws KeptException {
    if (progress.getUndoAskedAt() != null) {
      throw new KeptException("ingest_undone", "its ingest was undone");
    } else if (progress.getState() != IngestState.READ) {
      throw new KeptException(
          "ingest_not_read", "its file is still being read, or was refused as a whole");
    }
    String topicId = progress.getTopicId();
    if (topicId != null && !topicId.isEmpty() && !topicId.equals(rows.dataset().topicId())) {
      throw new KeptException(
          "topic_recreated",
          "the dataset was renamed, or deleted and made again, since: read the file again");
    }
  }

  private void write(QuarantineEntry entry, Optional<Ingest> ingest, RowsAgain.Row row) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(rows.dataset().topic(), null, row.key(), row.value());
    addHeaders(record, entry, ingest);
    var unused = turn.write(record, ingest.map(found -> found.ends).orElse(null));
    ingest.ifPresent(found -> found.replayed++);
    marks.add(entry.mark());
    long number = entry.value().getRow() == null ? 0 : entry.value().getRow();
    row.text().ifPresent(text -> ingest.ifPresent(found -> write(found.had, number, text)));
  }

  private void write(IngestProgress progress, long row, PageText text) {
    var unused = turn.write(documents.page(DocumentLog.Reading.of(progress), row, text), null);
  }

  private void addHeaders(
      ProducerRecord<byte[], byte[]> record, QuarantineEntry entry, Optional<Ingest> ingest) {
    Quarantined value = entry.value();
    String id = value.getIngestId();
    Long row = value.getRow();
    Instant time = ingest.map(found -> found.had.getStartedAt()).orElseGet(value::getQuarantinedAt);
    new RecordHeaders(
            id == null ? "" : id,
            row == null ? 0 : row,
            rows.dataset().keys().operation(),
            position(value),
            time,
            request.traceparent())
        .addTo(record.headers());
    if (id == null) {
      record.headers().remove(RecordHeaders.INGEST_ID);
    }
    if (row == null) {
      record.headers().remove(RecordHeaders.ROW);
    }
  }

  private static String position(Quarantined value) {
    if (value.getFile() != null) {
      return "sha256:" + value.getFile() + "#row=" + value.getRow();
    }
    return "topic:" + value.getTopic() + "-" + value.getPartition() + "@" + value.getOffset();
  }
}
