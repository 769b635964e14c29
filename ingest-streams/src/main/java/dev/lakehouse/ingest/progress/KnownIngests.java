package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.config.IngestConfig;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import io.javalin.http.Context;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Finds the ingest that a request's path names. */
public final class KnownIngests {
  private final ProgressLog log;
  private final IngestConfig config;

  /**
   * @param config what it says of idempotency keys
   */
  public KnownIngests(ProgressLog log, IngestConfig config) {
    this.log = log;
    this.config = config;
  }

  /**
   * The ingest of the path's {@code id}.
   *
   * @throws ProblemException 404 if there is none, 503 if the broker does not answer
   */
  public IngestProgress of(Context context) {
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
