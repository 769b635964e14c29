package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /ingest}, {@code GET /ingest/{id}}, {@code GET /ingest/{id}/events} and {@code GET
 * /ingest/{id}/quarantine}.
 */
public final class StatusRoutes implements Routes {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 1000;

  private final ProgressLog log;
  private final Landing landing;
  private final QuarantineReader quarantine;
  private final ProgressStream stream;

  public StatusRoutes(
      ProgressLog log, Landing landing, QuarantineReader quarantine, ProgressStream stream) {
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
    String cursor = context.queryParam("cursor");
    List<IngestProgress> rest =
        log.newestFirst()
            .dropWhile(progress -> cursor != null && !progress.getIngestId().equals(cursor))
            .skip(cursor == null ? 0 : 1)
            .limit(limit + 1L)
            .toList();
    List<IngestProgress> page = rest.subList(0, Math.min(limit, rest.size()));
    context.json(
        new Page(
            page.stream().map(landing::view).toList(),
            rest.size() > limit ? page.get(limit - 1).getIngestId() : null));
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
    return log.find(id)
        .orElseThrow(
            () ->
                Problem.of(404, "unknown_ingest", "There is no such ingest", "id '" + id + "'")
                    .hint(
                        "GET /ingest lists them; events sent without an Idempotency-Key are known"
                            + " by their rows' _ingest_id only")
                    .toException());
  }
}
