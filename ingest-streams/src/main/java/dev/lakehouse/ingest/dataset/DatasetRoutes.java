package dev.lakehouse.ingest.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lakehouse.ingest.progress.KnownIngests;
import dev.lakehouse.ingest.upload.UploadForm;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.ChangeState;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of {@code /catalog} that change something, and what became of the changes. */
final class DatasetRoutes implements Routes {
  private static final String ONE = "/catalog/datasets/by-name/";
  private static final int MOST_CHANGES = 1_000;

  private final Creator creator;
  private final Asking asking;
  private final ChangeLog changes;

  DatasetRoutes(Creator creator, Asking asking, ChangeLog changes) {
    this.creator = creator;
    this.asking = asking;
    this.changes = changes;
  }

  private record Renamed(@JsonProperty("name") @Nullable String name) {}

  private record Changes(List<ChangeView> changes) {}

  @Override
  public void mount(RoutesConfig routes) {
    routes.post(
        "/catalog/datasets", this::create, Door.asks("the dataset of the body", Grant.MANAGE));
    routes.patch(
        "/catalog/datasets/by-name/{name}",
        this::rename,
        Door.asks("the dataset, and `manage` on its new name", Grant.RAW, Grant.MANAGE));
    routes.delete(
        "/catalog/datasets/by-name/{name}", this::delete, Door.path("name", Grant.MANAGE));
    routes.get("/catalog/changes", this::list, Door.lists(Grant.MANAGE));
  }

  private void create(Context context) {
    Declaration declared =
        Declaration.of(
            DeclarationBody.read(context.body(), DeclarationBody.class, Declaration.MEMBERS));
    Permit.of(context).askToMake(declared.name(), Grant.MANAGE);
    Declaration.Shown made = guarded(() -> creator.create(declared));
    context.status(201).header("Location", ONE + made.name()).json(made);
  }

  private void rename(Context context) {
    DatasetName name = UploadForm.dataset(context.pathParam("name"));
    Permit permit = Permit.of(context);
    // The rows are read under the policy of the new name from then on.
    permit.ask(name, Grant.MANAGE, Grant.RAW);
    Renamed body = DeclarationBody.read(context.body(), Renamed.class, "name");
    DatasetName to = UploadForm.dataset(String.valueOf(body.name()));
    permit.askToMake(to, Grant.MANAGE);
    answer(context, guarded(() -> asking.rename(name, to, Caller.of(context).principal())));
  }

  private void delete(Context context) {
    DatasetName name = UploadForm.dataset(context.pathParam("name"));
    String confirm = context.queryParam("confirm");
    answer(context, guarded(() -> asking.delete(name, confirm, Caller.of(context).principal())));
  }

  private static void answer(Context context, DatasetChange change) {
    context.status(change.getState() == ChangeState.DONE ? 200 : 202).json(ChangeView.of(change));
  }

  private void list(Context context) {
    Permit permit = Permit.of(context);
    boolean all = permit.hasAll(Grant.MANAGE);
    context.json(
        new Changes(
            changes.all().stream()
                .filter(change -> all || shows(permit, change))
                .limit(MOST_CHANGES)
                .map(ChangeView::of)
                .toList()));
  }

  private static boolean shows(Permit permit, DatasetChange change) {
    String to = change.getTo();
    return permit.has(Grant.MANAGE, new DatasetName(change.getDataset()))
        && (to == null || permit.has(Grant.MANAGE, new DatasetName(to)));
  }

  private static <T> T guarded(Supplier<T> work) {
    try {
      return KnownIngests.asked(work);
    } catch (RegistryException e) {
      throw Problem.of(
              503,
              "registry_unavailable",
              "The schema registry does not answer",
              String.valueOf(e.getMessage()))
          .hint("ask again in a moment")
          .toException();
    }
  }
}
