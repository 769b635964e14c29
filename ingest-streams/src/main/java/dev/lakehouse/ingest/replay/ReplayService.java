package dev.lakehouse.ingest.replay;

import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.progress.DocumentLog;
import dev.lakehouse.ingest.progress.EntryId;
import dev.lakehouse.ingest.progress.QuarantineEntry;
import dev.lakehouse.ingest.progress.QuarantineReader;
import dev.lakehouse.ingest.progress.Replays;
import dev.lakehouse.ingest.progress.Revisions;
import dev.lakehouse.ingest.replay.ReplayAnswer.Result;
import dev.lakehouse.ingest.replay.ReplayTurn.Wanted;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.schema.Datasets.Ready;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * Replays entries of quarantine, each once whatever happens: some hundred at a time are one
 * transaction, together with the marks that they are replayed and the progress of their ingests.
 * Safe for use by many threads.
 */
public final class ReplayService {
  private static final int MOST_IN_TURN = 500;
  private static final long LARGEST_TURN = 4L << 20;

  /** One request for all goes on for so long at most, and lists so many that were kept. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final int MOST_KEPT = 1_000;

  private final Revisions revisions;
  private final Replays replays;
  private final QuarantineReader quarantine;
  private final Datasets datasets;
  private final DatasetGate gate;
  private final Formats formats;
  private final SchemaRegistry registry;
  private final DocumentLog documents;
  private final Clock clock;

  public ReplayService(
      Revisions revisions,
      Replays replays,
      QuarantineReader quarantine,
      Datasets datasets,
      DatasetGate gate,
      Formats formats,
      SchemaRegistry registry,
      DocumentLog documents,
      Clock clock) {
    this.revisions = revisions;
    this.replays = replays;
    this.quarantine = quarantine;
    this.datasets = datasets;
    this.gate = gate;
    this.formats = formats;
    this.registry = registry;
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * Replays what the body names.
   *
   * @throws ProblemException 404 if the dataset has no topic or schema, 409 if it is being renamed
   *     or deleted
   * @throws KafkaException if the broker does not answer; asked again, it tells what was replayed
   */
  ReplayAnswer replay(ReplayRequest request, ReplayBody body) {
    try (DatasetGate.Pass held = gate.enter(request.dataset())) {
      RowsAgain rows = new RowsAgain(formats, registry, ready(request.dataset()));
      return body instanceof ReplayBody.Rows named
          ? named(request, rows, named.rows())
          : all(request, rows, ((ReplayBody.All) body).from());
    }
  }

  private Ready ready(DatasetName dataset) {
    return datasets
        .current(dataset)
        .orElseThrow(
            () ->
                Problem.of(
                        404,
                        "unknown_dataset",
                        "There is no such dataset",
                        "dataset '" + dataset + "' has no topic or no schema")
                    .hint("GET /catalog/datasets lists them")
                    .toException());
  }

  private ReplayAnswer named(ReplayRequest request, RowsAgain rows, List<ReplayBody.Row> wanted) {
    List<Result> results = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += MOST_IN_TURN) {
      List<ReplayBody.Row> some =
          wanted.subList(from, Math.min(wanted.size(), from + MOST_IN_TURN));
      Map<EntryId, QuarantineEntry> found =
          quarantine.find(some.stream().flatMap(row -> row.id().stream()).toList());
      results.addAll(
          turn(
              request,
              rows,
              some.stream()
                  .map(
                      row ->
                          new Wanted(
                              row.said(),
                              row.id().flatMap(id -> Optional.ofNullable(found.get(id))),
                              row.correction()))
                  .toList()));
    }
    return answer(results, results, Optional.empty());
  }

  private ReplayAnswer all(ReplayRequest request, RowsAgain rows, Optional<EntryId> from) {
    long until = System.nanoTime() + LONGEST.toNanos();
    List<Result> results = new ArrayList<>();
    Optional<EntryId> next = from;
    boolean more = true;
    while (more && ReplayAnswer.kept(results) < MOST_KEPT && System.nanoTime() < until) {
      Batch batch = new Batch();
      next = quarantine.scan(request.scope(), next, batch::take);
      more = next.isPresent();
      results.addAll(turn(request, rows, batch.wanted));
    }
    return answer(results, results.stream().filter(Result::isKept).toList(), next);
  }

  private static final class Batch {
    private final List<Wanted> wanted = new ArrayList<>();
    private long bytes;

    boolean take(QuarantineEntry entry) {
      long size = entry.raw().map(raw -> raw.length).orElse(0);
      if (wanted.size() == MOST_IN_TURN || (!wanted.isEmpty() && bytes + size > LARGEST_TURN)) {
        return false;
      }
      bytes += size;
      wanted.add(new Wanted(entry.id().toString(), Optional.of(entry), new Correction.AsItIs()));
      return true;
    }
  }

  private List<Result> turn(ReplayRequest request, RowsAgain rows, List<Wanted> wanted) {
    return wanted.isEmpty()
        ? List.of()
        : revisions.inTurn(
            turn -> {
              replays.awaitCurrent();
              return new ReplayTurn(turn, request, rows, replays, documents, clock).run(wanted);
            });
  }

  private static ReplayAnswer answer(List<Result> all, List<Result> shown, Optional<EntryId> next) {
    long replayed = ReplayAnswer.replayed(all);
    long kept = ReplayAnswer.kept(all);
    return new ReplayAnswer(
        replayed,
        all.size() - replayed - kept,
        kept,
        shown,
        next.map(EntryId::toString).orElse(null));
  }
}
