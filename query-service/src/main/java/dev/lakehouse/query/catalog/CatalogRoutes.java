package dev.lakehouse.query.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.query.policy.Governor;
import dev.lakehouse.query.policy.View;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code GET /catalog/datasets} and {@code GET /catalog/datasets/by-name/{name}}. */
public final class CatalogRoutes implements Routes {
  private static final int MOST = 1000;
  private static final int USUAL = 100;

  private final LakeTables tables;
  private final Findings findings;
  private final Governor governor;

  /**
   * @param governor says which datasets callers may know of, and what of them
   */
  public CatalogRoutes(LakeTables tables, Findings findings, Governor governor) {
    this.tables = tables;
    this.findings = findings;
    this.governor = governor;
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
    View view = governor.of(Caller.of(context).principal());
    Predicate<DatasetName> readable = Permit.of(context).on(Grant.READ);
    List<DatasetName> after =
        view.known(tables.names()).stream()
            .filter(name -> cursor == null || name.value().compareTo(cursor) > 0)
            .filter(readable)
            .limit(limit + 1L)
            .toList();
    List<DatasetName> shown = after.subList(0, Math.min(limit, after.size()));
    List<Dataset> datasets =
        shown.stream().map(name -> listed(name, view)).flatMap(Optional::stream).toList();
    context.json(
        new Page(datasets, after.size() > limit ? shown.get(shown.size() - 1).value() : null));
  }

  private void one(Context context) {
    View view = governor.of(Caller.of(context).principal());
    String name = context.pathParam("name");
    Permit permit = Permit.of(context);
    Optional<Dataset> described =
        DatasetName.isLegal(name) && view.reads(new DatasetName(name))
            ? described(new DatasetName(name), view)
            : Optional.empty();
    context.json(described.orElseThrow(() -> tables.unknownDataset(name, permit::knows)));
  }

  /** In a list, what cannot be described under the policies is left out. */
  private Optional<Dataset> listed(DatasetName name, View view) {
    try {
      return described(name, view);
    } catch (ProblemException e) {
      if (view.version() == null) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Optional<Dataset> described(DatasetName name, View view) {
    Optional<Dataset> whole = tables.table(name).map(table -> Dataset.of(name, table, findings));
    if (view.version() == null || whole.isEmpty()) {
      return whole;
    }
    return tables.newest(name).map(newest -> whole.get().as(view.seen(newest, ZoneOffset.UTC)));
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
