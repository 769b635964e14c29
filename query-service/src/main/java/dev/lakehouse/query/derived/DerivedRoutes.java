package dev.lakehouse.query.derived;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.BoundedBody;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** {@code /catalog/derived}, and the lineage of datasets. */
final class DerivedRoutes implements Routes {
  /** Who asks for the end hears of it if it comes within this. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LONGEST = 1 << 20;

  private final DerivedService service;

  DerivedRoutes(DerivedService service) {
    this.service = service;
  }

  private record All(List<DerivedView> derived) {}

  @Override
  public void mount(RoutesConfig routes) {
    Door managed = Door.path("name", Grant.MANAGE);
    routes.post(
        "/catalog/derived",
        this::define,
        Door.asks("the dataset of the body, and `read` on what it is made of", Grant.MANAGE));
    routes.get("/catalog/derived", this::list, Door.lists(Grant.MANAGE));
    routes.get(
        "/catalog/derived/{name}",
        context -> context.json(service.one(context.pathParam("name"))),
        managed);
    routes.delete("/catalog/derived/{name}", this::end, managed);
    routes.post(
        "/catalog/derived/{name}/refresh",
        context -> context.status(202).json(service.refresh(context.pathParam("name"))),
        managed);
    routes.get(
        "/catalog/datasets/by-name/{name}/lineage", this::lineage, Door.path("name", Grant.READ));
  }

  private void list(Context context) {
    Predicate<DatasetName> managed = Permit.of(context).on(Grant.MANAGE);
    context.json(
        new All(
            service.list().stream()
                .filter(view -> managed.test(new DatasetName(view.name())))
                .toList()));
  }

  /** What the caller may read of it; queries are for who manages what they make. */
  private void lineage(Context context) {
    Permit permit = Permit.of(context);
    context.json(
        service
            .lineage(context.pathParam("name"))
            .seen(
                dataset -> permit.has(Grant.READ, new DatasetName(dataset)),
                dataset -> permit.has(Grant.MANAGE, new DatasetName(dataset))));
  }

  private void define(Context context) throws IOException {
    DerivedBody body =
        DerivedBody.read(BoundedBody.read(context, LONGEST, "make the query shorter"));
    DerivedView made =
        service.define(
            body,
            Caller.of(context),
            dataset -> Permit.of(context).askToMake(dataset, Grant.MANAGE));
    context.status(201).header("Location", "/catalog/derived/" + made.name()).json(made);
  }

  private void end(Context context) {
    DerivedView ended = service.end(context.pathParam("name"), PATIENCE);
    context.status(ended.state().equals("ended") ? 200 : 202).json(ended);
  }
}
