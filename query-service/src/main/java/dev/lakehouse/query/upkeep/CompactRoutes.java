package dev.lakehouse.query.upkeep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /query/compact}, and how it goes at {@code GET /query/compact[/{id}]}. */
public final class CompactRoutes implements Routes {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int MOST = 100;

  private final LakeTables tables;
  private final Runs runs;

  public CompactRoutes(LakeTables tables, Runs runs) {
    this.tables = tables;
    this.runs = runs;
  }

  /** What is sent. */
  private record Request(@Nullable String dataset) {}

  private record Listed(List<Compaction> runs) {}

  @Override
  public void mount(RoutesConfig routes) {
    routes.post("/query/compact", this::ask, Door.asks("the dataset of the body", Grant.MANAGE));
    routes.get("/query/compact", this::list, Door.lists(Grant.MANAGE));
    routes.get("/query/compact/{id}", this::one, Door.asks("the run's dataset", Grant.MANAGE));
  }

  private void ask(Context context) {
    String name = dataset(context.body());
    Permit permit = Permit.of(context);
    if (!DatasetName.isLegal(name)) {
      permit.askAll(Grant.MANAGE);
      throw tables.unknownDataset(name, permit::knows);
    }
    permit.ask(new DatasetName(name), Grant.MANAGE);
    if (tables.table(new DatasetName(name)).isEmpty()) {
      throw tables.unknownDataset(name, permit::knows);
    }
    MaintainRun run = runs.ask(new DatasetName(name));
    context
        .status(202)
        .header("Location", "/query/compact/" + run.getId())
        .json(Compaction.of(run));
  }

  private static String dataset(String body) {
    try {
      Request request = JSON.readValue(body, Request.class);
      if (request != null && request.dataset() != null) {
        return request.dataset();
      }
      throw bad("the member 'dataset' is missing");
    } catch (JsonProcessingException e) {
      throw bad("the body is no object with the member 'dataset': " + e.getOriginalMessage());
    }
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_request", "The request is not right", detail)
        .with("member", "dataset")
        .hint("send {\"dataset\": \"orders\"}")
        .toException();
  }

  private void list(Context context) {
    String dataset = context.queryParam("dataset");
    Permit permit = Permit.of(context);
    boolean all = permit.hasAll(Grant.MANAGE);
    context.json(
        new Listed(
            runs.newest().stream()
                .filter(run -> dataset == null || run.getDataset().equals(dataset))
                .filter(run -> all || permit.has(Grant.MANAGE, new DatasetName(run.getDataset())))
                .limit(MOST)
                .map(Compaction::of)
                .toList()));
  }

  private void one(Context context) {
    String id = context.pathParam("id");
    MaintainRun run = runs.run(id).orElseThrow(() -> unknownRun(id));
    Permit.of(context)
        .askOr(new DatasetName(run.getDataset()), name -> unknownRun(id), Grant.MANAGE);
    context.json(Compaction.of(run));
  }

  private static ProblemException unknownRun(String id) {
    return Problem.of(
            404,
            "unknown_run",
            "There is no such run",
            "no upkeep has the id '" + id + "', or it is of more than a week ago")
        .hint("GET /query/compact lists those of late")
        .toException();
  }
}
