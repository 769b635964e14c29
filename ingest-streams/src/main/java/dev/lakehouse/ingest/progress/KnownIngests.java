package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.config.IngestConfig;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Finds the ingest that a request's path names. */
public final class KnownIngests {
  private final ProgressLog log;
  private final Landing landing;
  private final IngestConfig config;

  /**
   * @param config what it says of idempotency keys
   */
  public KnownIngests(ProgressLog log, Landing landing, IngestConfig config) {
    this.log = log;
    this.landing = landing;
    this.config = config;
  }

  /**
   * The ingest of the path's {@code id}, on whose dataset the caller has all of the grants.
   *
   * @throws ProblemException 404 if there is none, or the caller has no grant on its dataset; 403
   *     without one of these; 503 if the broker does not answer
   */
  public IngestProgress of(Context context, Grant... grants) {
    Permit permit = Permit.of(context);
    IngestProgress progress = known(context);
    Optional<DatasetName> dataset = landing.legalDataset(progress);
    if (dataset.isPresent()) {
      permit.askOr(dataset.get(), name -> unknown(progress.getIngestId()), grants);
    } else if (!Arrays.stream(grants).allMatch(permit::hasAll)) {
      throw unknown(progress.getIngestId());
    }
    return progress;
  }

  /**
   * The ingest of the path's {@code id}, if the caller may see how it is.
   *
   * @throws ProblemException as of {@link #of}
   */
  public IngestProgress shown(Context context) {
    Permit permit = Permit.of(context);
    IngestProgress progress = known(context);
    if (!shows(permit, progress)) {
      of(context, Grant.INGEST);
    }
    return progress;
  }

  /** Whether the caller may see how the ingest is: it may read its dataset, or add to it. */
  boolean shows(Permit permit, IngestProgress progress) {
    return landing
        .legalDataset(progress)
        .map(name -> permit.has(Grant.READ, name) || permit.has(Grant.INGEST, name))
        .orElseGet(() -> permit.hasAll(Grant.READ) || permit.hasAll(Grant.INGEST));
  }

  private IngestProgress known(Context context) {
    String id = context.pathParam("id");
    return asked(() -> log.find(id)).orElseThrow(() -> unknown(id));
  }

  /**
   * What the broker answers.
   *
   * @throws ProblemException 503 if it does not
   */
  public static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (KafkaException e) {
      throw Problem.of(
              503,
              "broker_unavailable",
              "The broker does not answer",
              String.valueOf(e.getMessage()))
          .hint("ask again in a moment")
          .toException();
    }
  }

  private ProblemException unknown(String id) {
    Problem problem =
        id.startsWith(ProgressLog.EVENTS_PREFIX)
            ? Problem.of(
                404,
                "ingest_expired",
                "There is no such ingest any longer",
                "id '"
                    + id
                    + "' is one of events with an Idempotency-Key, which are known for "
                    + config.idempotencyRetention()
                    + " (ingest.idempotency_retention), the last "
                    + config.idempotencyKeys()
                    + " of them (ingest.idempotency_keys)")
            : Problem.of(404, "unknown_ingest", "There is no such ingest", "id '" + id + "'");
    return problem
        .hint(
            "GET /ingest lists them; events whose ingest is not known are known by their rows'"
                + " _ingest_id, and undone by DELETE /ingest/{id}?dataset=NAME")
        .toException();
  }
}
