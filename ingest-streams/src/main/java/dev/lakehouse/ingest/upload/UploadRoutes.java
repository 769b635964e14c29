package dev.lakehouse.ingest.upload;

import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.scratch.NoRoomException;
import dev.lakehouse.ingest.store.DiskMark;
import dev.lakehouse.ingest.store.ObjectStore;
import dev.lakehouse.ingest.store.StoreUnavailableException;
import dev.lakehouse.ingest.upload.MultipartUpload.CutOffException;
import dev.lakehouse.ingest.upload.MultipartUpload.Received;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.http.Allowance;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** {@code POST /ingest/file}. */
public final class UploadRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(UploadRoutes.class);

  private final ObjectStore store;
  private final Announcer announcer;
  private final Formats formats;
  private final DiskMark disk;
  private final long mostBytes;
  private final Clock clock;
  private final Counter uploads;
  private final Counter bytes;
  private final Counter cutOff;
  private final Counter duplicates;

  /**
   * @param mostBytes of a file
   */
  public UploadRoutes(
      ObjectStore store,
      Announcer announcer,
      Formats formats,
      DiskMark disk,
      long mostBytes,
      MeterRegistry meters,
      Clock clock) {
    this.store = store;
    this.announcer = announcer;
    this.formats = formats;
    this.disk = disk;
    this.mostBytes = mostBytes;
    this.clock = clock;
    this.uploads = meters.counter("lakehouse.ingest.uploads", "outcome", "received");
    this.duplicates = meters.counter("lakehouse.ingest.uploads", "outcome", "duplicate");
    this.cutOff = meters.counter("lakehouse.ingest.uploads", "outcome", "cut_off");
    this.bytes = meters.counter("lakehouse.ingest.upload.bytes");
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.post(
        "/ingest/file",
        this::upload,
        Door.asks("the dataset of the form, and `manage` for onDuplicate=replace", Grant.INGEST));
  }

  private record Accepted(String id, String dataset, String sha256, String state) {}

  private record Duplicate(
      String id, String duplicateOf, String dataset, String sha256, String state) {}

  private void upload(Context context) throws IOException {
    String id = UUID.randomUUID().toString();
    MDC.put("ingestId", id);
    Allowance allowance = Allowance.of(context);
    allowance.upload(context);
    long most = allowance.mostUpload(mostBytes);
    try (MultipartUpload upload = new MultipartUpload(store, formats, disk, most)) {
      long coming = Math.max(0, context.req().getContentLengthLong());
      if (coming > most + (1 << 20)) {
        throw MultipartUpload.tooLarge(most);
      }
      disk.admit(coming);
      try {
        UploadGrants grants = new UploadGrants(Permit.of(context));
        answer(context, id, upload.receive(context.req(), grants::ask));
      } catch (CutOffException e) {
        throw cutOff(context, id, upload, e);
      } catch (NoRoomException e) {
        LOG.warn("'{}' cannot be kept after {} bytes", upload.name(), upload.bytes(), e);
        throw DiskMark.low(String.valueOf(e.getMessage()));
      } catch (StoreUnavailableException e) {
        LOG.warn("'{}' cannot be kept", upload.name(), e);
        throw Problem.of(
                503,
                "store_unavailable",
                "The object store does not answer",
                String.valueOf(e.getMessage()))
            .hint("send the file again in a moment; nothing was taken of it")
            .toException();
      } finally {
        allowance.uploaded(upload.bytes());
      }
    } finally {
      MDC.remove("ingestId");
    }
  }

  private void answer(Context context, String id, Received received) {
    bytes.increment((double) received.object().bytes());
    FileArrived file =
        FileArrived.newBuilder(arrived(context, id))
            .setSha256(received.object().sha256())
            .setUri(received.object().uri())
            .setBytes(received.object().bytes())
            .setName(received.form().name())
            .setMediaType(received.form().mediaType())
            .setDataset(received.dataset().value())
            .setOptions(received.form().options())
            .build();
    Optional<IngestProgress> same = announcer.announce(file, received.form().onDuplicate());
    if (same.isPresent()) {
      duplicates.increment();
      context
          .status(200)
          .json(
              new Duplicate(
                  id, same.get().getIngestId(), file.getDataset(), file.getSha256(), "duplicate"));
      return;
    }
    uploads.increment();
    LOG.info("received '{}' for {}: {} bytes", file.getName(), file.getDataset(), file.getBytes());
    context.status(202).json(new Accepted(id, file.getDataset(), file.getSha256(), "received"));
  }

  private RuntimeException cutOff(
      Context context, String id, MultipartUpload upload, CutOffException e) {
    cutOff.increment();
    LOG.warn(
        "the upload of '{}' was cut off after {} bytes: {}",
        upload.name(),
        upload.bytes(),
        e.getMessage());
    Problem problem =
        Problem.of(
                400,
                "upload_cut_off",
                "The upload was cut off",
                "the sender stopped after " + upload.bytes() + " bytes of '" + upload.name() + "'")
            .hint("send the file again; nothing is left of the part that came");
    announcer.recordCutOff(
        FileArrived.newBuilder(arrived(context, id))
            .setName(upload.name())
            .setBytes(upload.bytes())
            .setDataset(upload.dataset())
            .build(),
        problem);
    return problem.toException();
  }

  private FileArrived arrived(Context context, String id) {
    return FileArrived.newBuilder()
        .setIngestId(id)
        .setSha256("")
        .setUri("")
        .setBytes(0)
        .setName("")
        .setMediaType("")
        .setDataset("")
        .setOptions(new HashMap<>())
        .setActor(Caller.of(context).principal())
        .setSource("upload")
        .setArrivedAt(clock.instant())
        .setTraceparent(TraceParent.of(context.header("traceparent")))
        .build();
  }
}
