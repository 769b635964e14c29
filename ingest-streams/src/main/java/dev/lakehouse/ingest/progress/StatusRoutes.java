package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /ingest}, {@code GET /ingest/{id}} and {@code GET /ingest/{id}/events}. */
public final class StatusRoutes implements Routes {
  private final ProgressLog log;
  private final KnownIngests ingests;
  private final Landing landing;
  private final ProgressStream stream;

  public StatusRoutes(
      ProgressLog log, KnownIngests ingests, Landing landing, ProgressStream stream) {
    this.log = log;
    this.ingests = ingests;
    this.landing = landing;
    this.stream = stream;
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.get("/ingest", this::list);
    routes.get("/ingest/{id}", this::one);
    routes.get("/ingest/{id}/events", this::events);
  }

  private record Page(List<IngestView> items, @Nullable String cursor) {}

  private void list(Context context) {
    int limit = Paging.limit(context);
    Position before = Paging.cursor(context, StatusRoutes::position).orElse(Position.NEWEST);
    ProgressLog.Page page = KnownIngests.asked(() -> log.page(before, limit));
    context.json(
        new Page(
            page.items().stream().map(landing::view).toList(),
            page.next().map(Position::text).orElse(null)));
  }

  private static Optional<Position> position(String text) {
    try {
      return Optional.of(Position.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void one(Context context) {
    context.json(landing.view(ingests.of(context)));
  }

  private void events(Context context) {
    IngestProgress progress = ingests.of(context);
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
}
