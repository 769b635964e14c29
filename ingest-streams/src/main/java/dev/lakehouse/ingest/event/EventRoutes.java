package dev.lakehouse.ingest.event;

import dev.lakehouse.ingest.event.EventService.Request;
import dev.lakehouse.ingest.store.DiskMark;
import dev.lakehouse.ingest.upload.TraceParent;
import dev.lakehouse.ingest.upload.UploadForm;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Allowance;
import dev.lakehouse.schemas.http.Audited;
import dev.lakehouse.schemas.http.BoundedBody;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /ingest/events/{dataset}}. */
public final class EventRoutes implements Routes {
  private static final int LONGEST_KEY = 255;

  private final EventService events;
  private final DiskMark disk;
  private final long mostBytes;
  private final Counter accepted;
  private final Counter rejected;

  /**
   * @param mostBytes of a request's body
   */
  public EventRoutes(EventService events, DiskMark disk, long mostBytes, MeterRegistry meters) {
    this.events = events;
    this.disk = disk;
    this.mostBytes = mostBytes;
    this.accepted = meters.counter("lakehouse.ingest.events", "outcome", "accepted");
    this.rejected = meters.counter("lakehouse.ingest.events", "outcome", "rejected");
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.post("/ingest/events/{dataset}", this::post, Door.path("dataset", Grant.INGEST));
  }

  private void post(Context context) throws IOException {
    disk.admit(Math.max(0, context.req().getContentLengthLong()));
    Allowance allowance = Allowance.of(context);
    allowance.upload(context);
    byte[] body =
        BoundedBody.read(
            context,
            allowance.mostUpload(mostBytes),
            "send fewer events at once, or raise ingest.max_events or limits.upload");
    allowance.uploaded(body.length);
    Request request =
        new Request(
            UploadForm.dataset(context.pathParam("dataset")),
            body,
            Optional.ofNullable(context.contentType()),
            TraceParent.of(context.header("traceparent")));
    Optional<String> key = Optional.ofNullable(context.header("Idempotency-Key"));
    if (key.filter(text -> text.isBlank() || text.length() > LONGEST_KEY).isPresent()) {
      throw Problem.of(
              400,
              "bad_idempotency_key",
              "The Idempotency-Key cannot be used",
              "it is empty or longer than " + LONGEST_KEY)
          .hint("a UUID is a good key")
          .toException();
    }
    EventAnswer answer =
        key.map(known -> events.writeOnce(request, known)).orElseGet(() -> events.write(request));
    accepted.increment((double) answer.accepted());
    rejected.increment((double) answer.rejected());
    Audited.of(context).rows(answer.accepted());
    context.json(answer);
  }
}
