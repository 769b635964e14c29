package dev.lakehouse.query.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /catalog/datasets} and {@code GET /catalog/datasets/by-name/{name}}. */
public final class CatalogRoutes implements Routes {
  private static final int MOST = 1000;
  private static final int USUAL = 100;

  private final LakeTables tables;
  private final Findings findings;

  public CatalogRoutes(LakeTables tables, Findings findings) {
    this.tables = tables;
    this.findings = findings;
  }

  /**
   * A page of the list, by name.
   *
   * @param nextCursor what to send as {@code cursor} for the next page; absent on the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Page(List<Dataset> datasets, @Nullable String nextCursor) {}

  @Override
  public void mount(RoutesConfig routes) {
    routes.get("/catalog/datasets", this::list, Door.lists(Grant.READ));
    routes.get("/catalog/datasets/by-name/{name}", this::one, Door.path("name", Grant.READ));
  }

  private void list(Context context) {
    int limit = limit(context.queryParam("limit"));
    String cursor = context.queryParam("cursor");
    Permit permit = Permit.of(context);
    boolean all = permit.hasAll(Grant.READ);
    List<DatasetName> after =
        tables.names().stream()
            .filter(name -> cursor == null || name.value().compareTo(cursor) > 0)
            .filter(name -> all || permit.has(Grant.READ, name))
            .limit(limit + 1L)
            .toList();
    List<DatasetName> shown = after.subList(0, Math.min(limit, after.size()));
    List<Dataset> datasets =
        shown.stream()
            .map(name -> tables.table(name).map(table -> Dataset.of(name, table, findings)))
            .flatMap(Optional::stream)
            .toList();
    context.json(
        new Page(datasets, after.size() > limit ? shown.get(shown.size() - 1).value() : null));
  }

  private void one(Context context) {
    String name = context.pathParam("name");
    Permit permit = Permit.of(context);
    if (!DatasetName.isLegal(name)) {
      throw tables.unknownDataset(name, permit::knows);
    }
    DatasetName dataset = new DatasetName(name);
    context.json(
        tables
            .table(dataset)
            .map(table -> Dataset.of(dataset, table, findings))
            .orElseThrow(() -> tables.unknownDataset(name, permit::knows)));
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw Problem.of(400, "bad_request", "The request is not right", "limit is 1 to " + MOST)
        .with("member", "limit")
        .toException();
  }
}
