package dev.lakehouse.ingest.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.progress.KnownIngests;
import dev.lakehouse.ingest.progress.Landing;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.store.DiskMark;
import dev.lakehouse.ingest.store.ObjectStore;
import dev.lakehouse.ingest.store.StoreUnavailableException;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestKind;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /ingest/{id}/read}: a file is read again from the object store. */
public final class ReadAgainRoutes implements Routes {
  private static final int LONGEST_BODY = 1 << 20;

  /** What the file was called by who sent it first is not kept. */
  private static final String MEDIA_TYPE = "application/octet-stream";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final ObjectStore store;
  private final Announcer announcer;
  private final Formats formats;
  private final KnownIngests ingests;
  private final Landing landing;
  private final DiskMark disk;
  private final Clock clock;

  public ReadAgainRoutes(
      ObjectStore store,
      Announcer announcer,
      Formats formats,
      KnownIngests ingests,
      Landing landing,
      DiskMark disk,
      Clock clock) {
    this.store = store;
    this.announcer = announcer;
    this.formats = formats;
    this.ingests = ingests;
    this.landing = landing;
    this.disk = disk;
    this.clock = clock;
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.post(
        "/ingest/{id}/read",
        this::read,
        Door.asks(
            "the dataset it goes to; `manage` where rows leave, `raw` on the ingest's if it is"
                + " another",
            Grant.INGEST));
  }

  /**
   * What a request may say.
   *
   * @param dataset where the rows go; null for where they went
   * @param onDuplicate {@code replace} or {@code append}; null for {@code replace}
   * @param options how to read the file; null for how it was to be read
   */
  private record Body(
      @Nullable String dataset,
      @Nullable String onDuplicate,
      @Nullable Map<String, String> options) {}

  private record Accepted(
      String id, String dataset, String sha256, String state, List<String> replaces) {}

  private void read(Context context) throws IOException {
    IngestProgress had = ingests.shown(context);
    Body body = body(context);
    if (had.getKind() != IngestKind.FILE) {
      throw refused("not_a_file", "it is one of events", "send the events again");
    } else if (!ProgressLog.isOver(had)) {
      throw refused(
          "ingest_reading",
          "its file is still being read",
          "follow GET /ingest/" + had.getIngestId() + " and ask again once it is landing");
    }
    String said = Optional.ofNullable(body.onDuplicate()).orElse("replace");
    OnDuplicate onDuplicate = OnDuplicate.of(said);
    if (onDuplicate == OnDuplicate.SKIP) {
      throw Problem.of(
              400, "bad_option", "An option cannot be used", "onDuplicate is '" + said + "'")
          .hint("onDuplicate is replace or append")
          .toException();
    }
    disk.admit(had.getBytes());
    FileArrived file = arrived(context, had, body);
    DatasetName to = new DatasetName(file.getDataset());
    new UploadGrants(Permit.of(context)).ask(to, onDuplicate);
    if (!landing.dataset(had).equals(to)) {
      ingests.of(context, Grant.RAW);
    }
    if (onDuplicate == OnDuplicate.REPLACE) {
      ingests.of(context, Grant.MANAGE);
    }
    List<String> replaces = announcer.announceAgain(file, had.getIngestId(), onDuplicate);
    context
        .status(202)
        .json(
            new Accepted(
                file.getIngestId(), file.getDataset(), file.getSha256(), "received", replaces));
  }

  private FileArrived arrived(Context context, IngestProgress had, Body body) throws IOException {
    Map<String, String> fields =
        new TreeMap<>(Optional.ofNullable(body.options()).orElseGet(() -> Announcer.options(had)));
    fields.put(
        "dataset",
        Optional.ofNullable(body.dataset()).orElseGet(() -> landing.dataset(had).value()));
    UploadForm form = UploadForm.of(had.getName(), MEDIA_TYPE, fields, formats);
    return FileArrived.newBuilder()
        .setIngestId(UUID.randomUUID().toString())
        .setSha256(had.getSha256())
        .setUri(uri(had))
        .setBytes(had.getBytes())
        .setName(had.getName())
        .setMediaType(MEDIA_TYPE)
        .setDataset(form.dataset().value())
        .setOptions(form.options())
        .setActor(Caller.of(context).principal())
        .setSource("again:" + had.getIngestId())
        .setArrivedAt(clock.instant())
        .setTraceparent(TraceParent.of(context.header("traceparent")))
        .build();
  }

  private String uri(IngestProgress had) throws IOException {
    try {
      Optional<String> kept =
          had.getSha256().isEmpty() ? Optional.empty() : store.find(had.getSha256());
      return kept.orElseThrow(
          () ->
              Problem.of(
                      410,
                      "object_gone",
                      "The file is there no longer",
                      "the object store has no object with the SHA-256 '" + had.getSha256() + "'")
                  .hint("send the file again")
                  .toException());
    } catch (StoreUnavailableException e) {
      throw Problem.of(
              503,
              "store_unavailable",
              "The object store does not answer",
              String.valueOf(e.getMessage()))
          .hint("ask again in a moment")
          .toException();
    }
  }

  private static Body body(Context context) throws IOException {
    byte[] body = context.req().getInputStream().readNBytes(LONGEST_BODY);
    if (body.length == 0) {
      return new Body(null, null, null);
    }
    try {
      return JSON.readValue(body, Body.class);
    } catch (JsonProcessingException e) {
      throw bad(e);
    }
  }

  private static ProblemException bad(JsonProcessingException e) {
    return Problem.of(400, "bad_body", "The body cannot be used", e.getOriginalMessage())
        .hint(
            "send nothing, or {\"dataset\": \"…\", \"onDuplicate\": \"replace\", \"options\":"
                + " {…}}, each of them if wanted")
        .toException();
  }

  private static ProblemException refused(String code, String why, String hint) {
    return Problem.of(409, code, "The file cannot be read again", why).hint(hint).toException();
  }
}
