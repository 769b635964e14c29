package dev.lakehouse.query.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.query.policy.PolicyView.Ruling;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.table.TypeNames;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /policy} for those who manage everything, and {@code GET /policy/explain} for them and
 * for callers about themselves.
 */
public final class PolicyRoutes implements Routes {
  private final LakeTables tables;
  private final Governance governance;

  public PolicyRoutes(LakeTables tables, Governance governance) {
    this.tables = tables;
    this.governance = governance;
  }

  /**
   * The policies that count.
   *
   * @param mistakes of the files as they are, which therefore do not count
   */
  private record Status(
      String version,
      Instant since,
      int principals,
      int roles,
      int examples,
      List<Wrong> mistakes) {}

  private record Wrong(String file, int line, String what) {}

  /**
   * What the policies say of a dataset to a principal.
   *
   * @param filters conditions on rows, for those who manage policies
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Explained(
      String principal,
      String policy,
      String dataset,
      List<Grant> grants,
      boolean rowFilter,
      @Nullable List<String> filters,
      List<Column> columns) {}

  /**
   * A column.
   *
   * @param effect {@code allowed}, {@code denied} or a kind of mask
   */
  private record Column(String name, String type, String effect, String because) {}

  @Override
  public void mount(RoutesConfig routes) {
    routes.get("/policy", this::status, Door.all(Grant.MANAGE));
    routes.get(
        "/policy/explain",
        this::explain,
        Door.known("about oneself; `manage` on all datasets about others"));
  }

  private Governance.On on() {
    if (governance instanceof Governance.On on) {
      return on;
    }
    throw Problem.of(
            409,
            "policies_off",
            "There are no policies",
            "authentication is off, so every caller is local and may do everything")
        .hint("set auth.enabled = true")
        .toException();
  }

  private void status(Context context) {
    Policies.State state = on().policies().state();
    context.json(
        new Status(
            state.version(),
            state.since(),
            state.set().principals(),
            state.set().roles(),
            state.set().examples(),
            state.mistakes().stream()
                .map(each -> new Wrong(each.place().file(), each.place().line(), each.what()))
                .toList()));
  }

  private void explain(Context context) {
    Governance.On on = on();
    String asked = context.queryParam("principal");
    String principal = asked == null ? Caller.of(context).principal() : asked;
    boolean manages = manages(context, on);
    if (!manages && !principal.equals(Caller.of(context).principal())) {
      throw forbidden("what holds for others is told");
    }
    String name = String.valueOf(context.queryParam("dataset")).toLowerCase(Locale.ROOT);
    PolicyView view = on.governor().of(principal);
    if (!DatasetName.isLegal(name)) {
      throw unknown(name, view);
    }
    DatasetName dataset = new DatasetName(name);
    TableRules rules = view.rules(dataset);
    if (!manages && rules.grants().isEmpty()) {
      throw unknown(name, view);
    }
    TableSnapshot table = tables.newest(dataset).orElseThrow(() -> unknown(name, view));
    context.json(
        new Explained(
            principal,
            view.version(),
            name,
            List.copyOf(rules.grants()),
            !rules.filters().isEmpty(),
            manages ? rules.filters().stream().map(Rule.Filter::text).toList() : null,
            columns(view, table, manages)));
  }

  /** None for who may not read; those that are not there for a caller only for managers. */
  private static List<Column> columns(PolicyView view, TableSnapshot table, boolean manages) {
    List<Column> columns = new ArrayList<>();
    if (!view.reads(table.dataset())) {
      return columns;
    }
    for (Ruling ruling : view.rulings(table)) {
      Effect effect = ruling.decision().effect();
      if (manages || !(effect instanceof Effect.Deny)) {
        columns.add(
            new Column(
                ruling.column().name(),
                TypeNames.of(ruling.column().type()),
                view.carriedOut(ruling),
                ruling.decision().because()));
      }
    }
    return columns;
  }

  private static boolean manages(Context context, Governance.On on) {
    return on.access().allowsAll(Caller.of(context).principal(), Grant.MANAGE);
  }

  private static ProblemException forbidden(String what) {
    return Problem.of(
            403,
            "forbidden",
            "This is not allowed",
            what + " only to who has the grant manage on all datasets")
        .toException();
  }

  private ProblemException unknown(String name, PolicyView view) {
    return tables.unknownDataset(name, view::reads);
  }
}
