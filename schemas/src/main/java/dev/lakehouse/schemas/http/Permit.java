package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the caller of a request may do, for routes that find out themselves on what. Whoever has no
 * grant at all on a dataset is answered as if there were no such dataset, be there one or not. What
 * was granted is kept in the audit before the route goes on, where the route is one of those.
 * Belongs to the request's thread.
 */
public final class Permit {
  static final String ATTRIBUTE = "lakehouse.permit";

  private final Access access;
  private final String principal;
  private final Audited audited;
  private boolean asked;
  private boolean refused;

  Permit(Access access, String principal, Audited audited) {
    this.access = access;
    this.principal = principal;
    this.audited = audited;
  }

  /** The permit of a request that came through {@link LakehouseServer}. */
  public static Permit of(Context context) {
    Permit permit = context.attribute(ATTRIBUTE);
    if (permit == null) {
      throw new IllegalStateException("the request did not come through LakehouseServer");
    }
    return permit;
  }

  /** Whether the caller has the grant on the dataset. */
  public boolean has(Grant grant, DatasetName dataset) {
    asked = true;
    return access.allows(principal, grant, dataset);
  }

  /**
   * The datasets on which the caller has the grant, for lists: it has asked also if there is
   * nothing to list.
   */
  public Predicate<DatasetName> on(Grant grant) {
    asked = true;
    boolean all = access.allowsAll(principal, grant);
    return dataset -> all || access.allows(principal, grant, dataset);
  }

  /** Whether the caller has the grant on all datasets. */
  public boolean hasAll(Grant grant) {
    asked = true;
    return access.allowsAll(principal, grant);
  }

  /** Whether the caller may know whether there is such a dataset: it has some grant on it. */
  public boolean knows(DatasetName dataset) {
    asked = true;
    return Arrays.stream(Grant.values())
        .anyMatch(grant -> access.allows(principal, grant, dataset));
  }

  /**
   * Asks for all of the grants on a dataset.
   *
   * @throws ProblemException 404 {@code unknown_dataset} without any grant on it, 403 {@code
   *     forbidden} without one of these
   */
  public void ask(DatasetName dataset, Grant... grants) {
    askOr(dataset, Permit::unknown, grants);
  }

  /**
   * Asks for all of the grants on a dataset that is found by something of it.
   *
   * @param unknown what is said of such a thing that there is not
   * @throws ProblemException {@code unknown} without any grant on the dataset, 403 {@code
   *     forbidden} without one of these
   */
  public void askOr(
      DatasetName dataset, Function<DatasetName, ProblemException> unknown, Grant... grants) {
    asked = true;
    for (Grant grant : grants) {
      if (!access.allows(principal, grant, dataset)) {
        refused = true;
        throw knows(dataset)
            ? forbidden(grant, "dataset '" + dataset + "'")
            : unknown.apply(dataset);
      }
    }
    audited.granted(dataset.value());
  }

  /**
   * Asks for a grant on a dataset that is to be made; whether there is one plays no part.
   *
   * @throws ProblemException 403 {@code forbidden}
   */
  public void askToMake(DatasetName dataset, Grant grant) {
    asked = true;
    if (!access.allows(principal, grant, dataset)) {
      throw forbidden(grant, "dataset '" + dataset + "'");
    }
    audited.granted(dataset.value());
  }

  /**
   * Asks for all of the grants on all datasets.
   *
   * @throws ProblemException 403 {@code forbidden}
   */
  public void askAll(Grant... grants) {
    askAll(List.of(grants));
  }

  void askAll(List<Grant> grants) {
    asked = true;
    for (Grant grant : grants) {
      if (!access.allowsAll(principal, grant)) {
        throw forbidden(grant, "all datasets");
      }
    }
    audited.granted(null);
  }

  /**
   * Asks on whatever a path says is a dataset; what cannot be one is for those alone who would have
   * the grants on any.
   */
  void askPath(String said, List<Grant> grants) {
    if (DatasetName.isLegal(said)) {
      ask(new DatasetName(said), grants.toArray(Grant[]::new));
    } else if (!grants.stream().allMatch(this::hasAll)) {
      refused = true;
      throw unknownName(said);
    } else {
      audited.granted(null);
    }
  }

  /** The route asks about nothing that has an owner; a cancelled query of one's own, say. */
  public void needsNothing() {
    asked = true;
  }

  boolean asked() {
    return asked;
  }

  /** Whether something was refused for the want of a grant. */
  boolean refused() {
    return refused;
  }

  private ProblemException forbidden(Grant grant, String what) {
    refused = true;
    return Problem.of(
            403,
            "forbidden",
            "A grant is missing",
            "'" + principal + "' has not the grant " + grant.word() + " on " + what)
        .hint("who manages the policy can give it")
        .with("grant", grant.word())
        .toException();
  }

  private static ProblemException unknown(DatasetName dataset) {
    return unknownName(dataset.value());
  }

  private static ProblemException unknownName(String name) {
    return Problem.of(
            404,
            "unknown_dataset",
            "There is no such dataset",
            "there is no dataset '" + name + "', or you have no grant on it")
        .hint("GET /catalog/datasets lists those that you may read")
        .toException();
  }
}
