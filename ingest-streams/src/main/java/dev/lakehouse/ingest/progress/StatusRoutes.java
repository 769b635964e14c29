package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.config.IngestConfig;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /ingest}, {@code GET /ingest/{id}}, {@code GET /ingest/{id}/events} and {@code GET
 * /ingest/{id}/quarantine}.
 */
public final class StatusRoutes implements Routes {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 1000;

  private final IngestConfig config;
  private final ProgressLog log;
  private final Landing landing;
  private final QuarantineReader quarantine;
  private final ProgressStream stream;

  /**
   * @param config what it says of idempotency keys
   */
  public StatusRoutes(
      ProgressLog log,
      Landing landing,
      QuarantineReader quarantine,
      ProgressStream stream,
      IngestConfig config) {
    this.config = config;
    this.log = log;
    this.landing = landing;
    this.quarantine = quarantine;
    this.stream = stream;
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.get("/ingest", this::list);
    routes.get("/ingest/{id}", this::one);
    routes.get("/ingest/{id}/events", this::events);
    routes.get("/ingest/{id}/quarantine", this::quarantine);
  }

  private record Page(List<IngestView> items, @Nullable String cursor) {}

  private void list(Context context) {
    int limit = limit(context);
    Position before = cursor(context);
    ProgressLog.Page page = asked(() -> log.page(before, limit));
    context.json(
        new Page(
            page.items().stream().map(landing::view).toList(),
            page.next().map(Position::text).orElse(null)));
  }

  private static Position cursor(Context context) {
    String said = context.queryParam("cursor");
    try {
      return said == null ? Position.NEWEST : Position.parse(said);
    } catch (IllegalArgumentException e) {
      throw badParameter("cursor is '" + said + "'", "use the cursor of the page before");
    }
  }

  private static <T> T asked(Supplier<T> question) {
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

  private static int limit(Context context) {
    String said = context.queryParam("limit");
    if (said == null) {
      return DEFAULT_LIMIT;
    }
    if (!said.matches("\\d{1,4}") || Integer.parseInt(said) < 1 || Integer.parseInt(said) > MOST) {
      throw badParameter("limit is '" + said + "'", "limit is a number from 1 to " + MOST);
    }
    return Integer.parseInt(said);
  }

  private static ProblemException badParameter(String detail, String hint) {
    return Problem.of(400, "bad_parameter", "A parameter cannot be used", detail)
        .hint(hint)
        .toException();
  }

  private void one(Context context) {
    context.json(landing.view(known(context)));
  }

  private void events(Context context) {
    IngestProgress progress = known(context);
    String accept = context.header("Accept");
    if (accept == null || !accept.contains("text/event-stream")) {
      throw Problem.of(
              406,
              "not_acceptable",
              "This is a stream of events",
              "the request does not accept text/event-stream")
          .hint("send the header Accept: text/event-stream, or poll GET /ingest/{id}")
          .toException();
    }
    stream.follow(context, progress.getIngestId());
  }

  private void quarantine(Context context) {
    IngestProgress progress = known(context);
    String cursor = context.queryParam("cursor");
    if (cursor != null && !cursor.matches("\\d{1,18}")) {
      throw badParameter("cursor is '" + cursor + "'", "use the cursor of the page before");
    }
    context.json(
        quarantine.page(progress, limit(context), cursor == null ? -1 : Long.parseLong(cursor)));
  }

  private IngestProgress known(Context context) {
    String id = context.pathParam("id");
    return asked(() -> log.find(id)).orElseThrow(() -> unknown(id));
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
                + " _ingest_id")
        .toException();
  }
}
