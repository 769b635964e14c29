package dev.lakehouse.query.derived;

import dev.lakehouse.schemas.http.BoundedBody;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
    routes.post("/catalog/derived", this::define);
    routes.get("/catalog/derived", context -> context.json(new All(service.list())));
    routes.get(
        "/catalog/derived/{name}", context -> context.json(service.one(context.pathParam("name"))));
    routes.delete("/catalog/derived/{name}", this::end);
    routes.post(
        "/catalog/derived/{name}/refresh",
        context -> context.status(202).json(service.refresh(context.pathParam("name"))));
    routes.get(
        "/catalog/datasets/by-name/{name}/lineage",
        context -> context.json(service.lineage(context.pathParam("name"))));
  }

  private void define(Context context) throws IOException {
    DerivedBody body =
        DerivedBody.read(BoundedBody.read(context, LONGEST, "make the query shorter"));
    DerivedView made = service.define(body, Caller.of(context));
    context.status(201).header("Location", "/catalog/derived/" + made.name()).json(made);
  }

  private void end(Context context) {
    DerivedView ended = service.end(context.pathParam("name"), PATIENCE);
    context.status(ended.state().equals("ended") ? 200 : 202).json(ended);
  }
}
