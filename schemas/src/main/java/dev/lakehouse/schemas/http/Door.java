package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.access.Grant;
import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a route asks of its caller, stated where the route is mounted. A server with a route that
 * states nothing does not start.
 */
public sealed interface Door extends RouteRole {
  /** Everybody comes in, with a key or without one. */
  static Door open() {
    return new Open();
  }

  /** Who has a key comes in, whatever the key may do. */
  static Door known() {
    return new Known("");
  }

  /** Who has a key comes in; how the rest is decided is said in words. */
  static Door known(String rest) {
    return new Known(rest);
  }

  /**
   * Who has a key asks a question; the policy decides on each table of it. The route itself admits
   * the question to the audit once the tables are known.
   */
  static Door query() {
    return new Query();
  }

  /**
   * All of these grants on the dataset that the path names; asked before the route is.
   *
   * @param parameter the path's, such as {@code name}
   */
  static Door path(String parameter, Grant... grants) {
    return new OfPath(parameter, List.of(grants));
  }

  /** All of these grants on all datasets; asked before the route is. */
  static Door all(Grant... grants) {
    return new OnAll(List.of(grants));
  }

  /**
   * All of these grants, which the route asks {@link Permit} for once it knows on what. An answer
   * of a route that did not ask is withheld.
   *
   * @param what on which the grants are needed, in words
   */
  static Door asks(String what, Grant... grants) {
    return new Asks(what, List.of(grants));
  }

  /** Answers only what the caller has the grant on, and asks {@link Permit} for each. */
  static Door lists(Grant grant) {
    return new Lists(grant);
  }

  /** What is needed, as the reference has it. */
  String words();

  /** Whether what goes out here may be data that the policy would hide. */
  default boolean showsRaw() {
    return (this instanceof OfPath path && path.grants().contains(Grant.RAW))
        || (this instanceof OnAll all && all.grants().contains(Grant.RAW))
        || (this instanceof Asks asks && asks.grants().contains(Grant.RAW));
  }

  /** Everybody. */
  record Open() implements Door {
    @Override
    public String words() {
      return "nothing";
    }
  }

  /** Every known principal. */
  record Known(String rest) implements Door {
    @Override
    public String words() {
      return rest.isEmpty() ? "a key" : "a key; " + rest;
    }
  }

  /** A question of a known principal. */
  record Query() implements Door {
    @Override
    public String words() {
      return "a key; `read` on each table, under the policy";
    }
  }

  /** On the dataset of the path. */
  record OfPath(String parameter, List<Grant> grants) implements Door {
    @Override
    public String words() {
      return named(grants) + " on the dataset";
    }
  }

  /** On all datasets. */
  record OnAll(List<Grant> grants) implements Door {
    @Override
    public String words() {
      return named(grants) + " on all datasets";
    }
  }

  /** On what the route finds out. */
  record Asks(String what, List<Grant> grants) implements Door {
    @Override
    public String words() {
      return named(grants) + " on " + what;
    }
  }

  /** On each thing that is answered. */
  record Lists(Grant grant) implements Door {
    @Override
    public String words() {
      return "a key; shows what one has " + named(List.of(grant)) + " on";
    }
  }

  private static String named(List<Grant> grants) {
    return grants.stream().map(grant -> "`" + grant.word() + "`").collect(Collectors.joining(", "));
  }

  /** What the roles of a route say; they are one door. */
  static Door of(Iterable<? extends RouteRole> roles, String route) {
    Door found = null;
    for (RouteRole role : roles) {
      if (role instanceof Door door && found == null) {
        found = door;
      } else {
        throw new IllegalStateException(route + " states more than one door");
      }
    }
    if (found == null) {
      throw new IllegalStateException(
          route + " states no door: say at its mounting which grant it needs, one of " + names());
    }
    return found;
  }

  private static String names() {
    return Arrays.toString(Grant.values());
  }
}
