package dev.lakehouse.ingest.replay;

import dev.lakehouse.ingest.progress.EntryId;
import dev.lakehouse.ingest.progress.KnownIngests;
import dev.lakehouse.ingest.progress.Landing;
import dev.lakehouse.ingest.progress.Paging;
import dev.lakehouse.ingest.progress.QuarantineReader;
import dev.lakehouse.ingest.progress.QuarantineScope;
import dev.lakehouse.ingest.upload.TraceParent;
import dev.lakehouse.ingest.upload.UploadForm;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.BoundedBody;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;

/**
 * {@code GET} and {@code POST …/replay} of {@code /ingest/{id}/quarantine} and of {@code
 * /catalog/datasets/by-name/{name}/quarantine}.
 */
public final class QuarantineRoutes implements Routes {
  private final QuarantineReader quarantine;
  private final ReplayService replays;
  private final KnownIngests ingests;
  private final Landing landing;
  private final long mostBytes;
  private final Counter replayed;

  /**
   * @param mostBytes of a request's body
   */
  public QuarantineRoutes(
      QuarantineReader quarantine,
      ReplayService replays,
      KnownIngests ingests,
      Landing landing,
      long mostBytes,
      MeterRegistry meters) {
    this.quarantine = quarantine;
    this.replays = replays;
    this.ingests = ingests;
    this.landing = landing;
    this.mostBytes = mostBytes;
    this.replayed = meters.counter("lakehouse.ingest.rows.replayed");
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.get(
        "/ingest/{id}/quarantine",
        context -> page(context, new QuarantineScope.OfIngest(ingests.of(context, Grant.RAW))),
        Door.asks("the ingest's dataset", Grant.RAW));
    routes.get(
        "/catalog/datasets/by-name/{name}/quarantine",
        context -> page(context, new QuarantineScope.OfDataset(dataset(context))),
        Door.path("name", Grant.RAW));
    routes.post(
        "/ingest/{id}/quarantine/replay",
        this::replayIngest,
        Door.asks("the ingest's dataset", Grant.RAW, Grant.MANAGE));
    routes.post(
        "/catalog/datasets/by-name/{name}/quarantine/replay",
        this::replayDataset,
        Door.path("name", Grant.RAW, Grant.MANAGE));
  }

  private static DatasetName dataset(Context context) {
    return UploadForm.dataset(context.pathParam("name"));
  }

  private void page(Context context, QuarantineScope scope) {
    int limit = Paging.limit(context);
    var cursor = Paging.cursor(context, EntryId::parse);
    context.json(KnownIngests.asked(() -> quarantine.page(scope, limit, cursor)));
  }

  private void replayIngest(Context context) throws IOException {
    IngestProgress progress = ingests.of(context, Grant.RAW, Grant.MANAGE);
    replay(context, new QuarantineScope.OfIngest(progress), landing.dataset(progress));
  }

  private void replayDataset(Context context) throws IOException {
    DatasetName dataset = dataset(context);
    replay(context, new QuarantineScope.OfDataset(dataset), dataset);
  }

  private void replay(Context context, QuarantineScope scope, DatasetName dataset)
      throws IOException {
    ReplayBody body =
        ReplayBody.parse(BoundedBody.read(context, mostBytes, "name fewer entries at once"));
    ReplayRequest request =
        new ReplayRequest(
            scope,
            dataset,
            Caller.of(context).principal(),
            TraceParent.of(context.header("traceparent")));
    try {
      ReplayAnswer answer = KnownIngests.asked(() -> replays.replay(request, body));
      replayed.increment((double) answer.replayed());
      context.json(answer);
    } catch (RegistryException e) {
      throw Problem.of(
              503,
              "registry_unavailable",
              "The schema registry does not answer",
              String.valueOf(e.getMessage()))
          .hint("send the request again in a moment; what was replayed is not replayed twice")
          .toException();
    }
  }
}
