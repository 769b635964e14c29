package dev.lakehouse.ingest.undo;

import dev.lakehouse.ingest.progress.IngestView;
import dev.lakehouse.ingest.progress.KnownIngests;
import dev.lakehouse.ingest.progress.Landing;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.upload.UploadForm;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableKeys;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/** {@code DELETE /ingest/{id}}. */
public final class UndoRoutes implements Routes {
  /** Who asks hears the end of it if that comes within this. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_MS = 20;

  /** Names the dataset of an ingest that nobody knows. */
  private static final String DATASET = "dataset";

  private final Undoer undoer;
  private final ProgressLog log;
  private final KnownIngests ingests;
  private final Landing landing;
  private final LakeCatalog catalog;

  public UndoRoutes(
      Undoer undoer, ProgressLog log, KnownIngests ingests, Landing landing, LakeCatalog catalog) {
    this.undoer = undoer;
    this.log = log;
    this.ingests = ingests;
    this.landing = landing;
    this.catalog = catalog;
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.delete("/ingest/{id}", this::undo, Door.asks("the ingest's dataset", Grant.MANAGE));
  }

  private void undo(Context context) {
    String id = context.pathParam("id");
    String dataset = context.queryParam(DATASET);
    IngestView view =
        KnownIngests.asked(
            () -> {
              Optional<IngestProgress> known = log.find(id);
              if (known.isPresent() || dataset == null) {
                check(ingests.of(context, Grant.MANAGE));
                undoer.ask(id);
              } else {
                DatasetName named = UploadForm.dataset(dataset);
                Permit.of(context).ask(named, Grant.MANAGE);
                askUnknown(id, named);
              }
              return await(id);
            });
    context.status(view.state().equals("undone") ? 200 : 202).json(view);
  }

  private void askUnknown(String id, DatasetName dataset) {
    if (isKeyed(dataset)) {
      throw keyed(dataset.value());
    }
    if (!undoer.askUnknown(id, dataset)) {
      throw Problem.of(
              404, "unknown_dataset", "There is no such dataset", "dataset '" + dataset + "'")
          .hint("GET /catalog/datasets lists them")
          .toException();
    }
  }

  private void check(IngestProgress progress) {
    if (!ProgressLog.isOver(progress)) {
      throw refused(
          "ingest_reading",
          "its file is still being read",
          "follow GET /ingest/" + progress.getIngestId() + " and ask again once it is landing");
    } else if (progress.getState() != IngestState.READ && progress.getUndoAskedAt() == null) {
      throw refused(
          "nothing_to_undo",
          "it is " + progress.getState().toString().toLowerCase(java.util.Locale.ROOT),
          "none of its rows is in the table; the file can be sent again");
    } else if (progress.getUndoAskedAt() == null && isKeyed(landing.dataset(progress))) {
      throw keyed(landing.dataset(progress).value());
    }
  }

  private static ProblemException keyed(String dataset) {
    return refused(
        "dataset_keyed",
        "its dataset '" + dataset + "' is keyed",
        "its rows took the place of others, which are gone; send rows with the former values");
  }

  private boolean isKeyed(DatasetName dataset) {
    return catalog.table(dataset).filter(table -> !TableKeys.of(table).isEmpty()).isPresent();
  }

  private static ProblemException refused(String code, String why, String hint) {
    return Problem.of(409, code, "The ingest cannot be undone", why).hint(hint).toException();
  }

  private IngestView await(String id) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      IngestView view = log.find(id).map(landing::view).orElseThrow();
      if (!view.state().equals("undoing") || System.nanoTime() > until) {
        return view;
      }
      try {
        Thread.sleep(LOOK_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return view;
      }
    }
  }
}
