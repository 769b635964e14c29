package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /ingest}, {@code GET /ingest/{id}} and {@code GET /ingest/{id}/events}. */
public final class StatusRoutes implements Routes {
  /** So many are looked at together where only some are shown. */
  private static final int PIECE = 500;

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
    Door one = Door.known("`read` or `ingest` on the ingest's dataset");
    routes.get(
        "/ingest",
        this::list,
        Door.known("shows ingests of datasets that one has `read` or `ingest` on"));
    routes.get("/ingest/{id}", this::one, one);
    routes.get("/ingest/{id}/events", this::events, one);
  }

  private record Page(List<IngestView> items, @Nullable String cursor) {}

  private void list(Context context) {
    int limit = Paging.limit(context);
    Position before = Paging.cursor(context, StatusRoutes::position).orElse(Position.NEWEST);
    Permit permit = Permit.of(context);
    ProgressLog.Page page = KnownIngests.asked(() -> shown(permit, before, limit));
    context.json(
        new Page(
            page.items().stream().map(landing::view).toList(),
            page.next().map(Position::text).orElse(null)));
  }

  /** A page of those alone that the caller may see; what comes next is told by the last of them. */
  private ProgressLog.Page shown(Permit permit, Position before, int limit) {
    if (permit.hasAll(Grant.READ) || permit.hasAll(Grant.INGEST)) {
      return log.page(before, limit);
    }
    List<IngestProgress> items = new ArrayList<>();
    Optional<Position> from = Optional.of(before);
    while (from.isPresent()) {
      ProgressLog.Page page = log.page(from.get(), PIECE);
      for (IngestProgress each : page.items()) {
        if (ingests.shows(permit, each)) {
          if (items.size() == limit) {
            return new ProgressLog.Page(items, Optional.of(Position.of(items.get(limit - 1))));
          }
          items.add(each);
        }
      }
      from = page.next();
    }
    return new ProgressLog.Page(items, Optional.empty());
  }

  private static Optional<Position> position(String text) {
    try {
      return Optional.of(Position.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void one(Context context) {
    context.json(landing.view(ingests.shown(context)));
  }

  private void events(Context context) {
    IngestProgress progress = ingests.shown(context);
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
