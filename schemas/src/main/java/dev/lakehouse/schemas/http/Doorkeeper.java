package dev.lakehouse.schemas.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that what the routes' doors say is asked. */
final class Doorkeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
  private static final String DOOR = "lakehouse.door";

  /** The code of the problem that a request is answered with. */
  static final String CODE = "lakehouse.problem";

  /** A source that goes on trying is not written down each time. */
  private static final int TOO_MANY = 429;

  private Doorkeeper() {}

  /** A mounted route and what it asks of its caller. */
  record Mounted(String method, String path, String needs) {}

  /**
   * Every route with its door.
   *
   * @throws IllegalStateException if one states none, or is open though the gate wants a key there
   */
  static List<Mounted> doors(Javalin app) {
    return app.unsafe.internalRouter.allHttpHandlers().stream()
        .map(each -> each.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(Doorkeeper::mounted)
        .sorted(Comparator.comparing(Mounted::path).thenComparing(Mounted::method))
        .toList();
  }

  private static Mounted mounted(Endpoint endpoint) {
    String route = endpoint.method.name() + " " + endpoint.path;
    Roles stated = endpoint.metadata(Roles.class);
    Door door = Door.of(stated == null ? Set.<RouteRole>of() : stated.getRoles(), route);
    if ((door instanceof Door.Open) != Gate.OPEN.contains(endpoint.path)) {
      throw new IllegalStateException(route + " is open by its door or by the gate, and not both");
    }
    return new Mounted(endpoint.method.name(), endpoint.path, door.words());
  }

  /**
   * Asks what can be asked before the route is.
   *
   * @throws ProblemException as {@link Permit} says
   */
  static void ask(Context context) {
    Set<RouteRole> roles = context.routeRoles();
    if (roles.isEmpty() && context.method().name().equals("HEAD")) {
      throw Problem.of(
              405,
              "method_not_allowed",
              "There is no such method",
              "HEAD " + context.path() + " is not a route; GET is")
          .toException();
    }
    Door door = Door.of(roles, context.method() + " " + context.path());
    context.attribute(DOOR, door);
    Permit permit = Permit.of(context);
    Audited audited = Audited.of(context);
    audited.route(context.endpoints().matchedHttpEndpoint().path, Source.shown(context.path()));
    boolean changes = !context.method().name().equals("GET");
    if ((changes && !(door instanceof Door.Query)) || door.showsRaw()) {
      audited.want();
    }
    if (door instanceof Door.Query) {
      Allowance.of(context).query(context);
    }
    if (door instanceof Door.OfPath path) {
      permit.askPath(context.pathParam(path.parameter()), path.grants());
    } else if (door instanceof Door.OnAll all) {
      permit.askAll(all.grants());
    } else if (door instanceof Door.Known) {
      audited.granted(null);
    }
  }

  /** Withholds the answer of a route that was to ask and did not. */
  static void check(Context context) {
    Door door = context.attribute(DOOR);
    Permit permit = context.attribute(Permit.ATTRIBUTE);
    boolean asks = door instanceof Door.Asks || door instanceof Door.Lists;
    if (asks && permit != null && !permit.asked() && context.statusCode() < 400) {
      LOG.error("{} {} did not ask for its grants", context.method(), context.path());
      LakehouseServer.answer(
          context,
          Problem.of(
              500,
              "internal",
              "Something broke",
              "the route did not ask what the caller may do, so its answer is withheld"));
    }
  }

  /** Keeps how a request ended. */
  static void end(Context context) {
    Audited audited = context.attribute(Audited.ATTRIBUTE);
    Permit permit = context.attribute(Permit.ATTRIBUTE);
    Allowance allowance = context.attribute(Allowance.ATTRIBUTE);
    if (allowance != null) {
      allowance.ended(context);
    }
    int status = context.statusCode();
    if (audited != null) {
      boolean out = permit == null && status >= 400 && status != TOO_MANY;
      String code = context.attribute(CODE);
      audited.end(status, out || (permit != null && permit.refused()), code);
    }
  }
}
