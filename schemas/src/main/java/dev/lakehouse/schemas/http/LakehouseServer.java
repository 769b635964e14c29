package dev.lakehouse.schemas.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The HTTP server that services mount on: request ids, the gate, and every error as a {@link
 * Problem}.
 */
public final class LakehouseServer implements AutoCloseable {
  /** Where to find the server's own log of requests. */
  private static final Logger REQUESTS = LoggerFactory.getLogger("lakehouse.requests");

  private static final Logger LOG = LoggerFactory.getLogger(LakehouseServer.class);
  private static final String REQUEST_ID = "requestId";
  private static final String ERROR_FORM = "errorForm";
  private static final int MOST_THREADS = 96;

  /** No answer is a page: a browser that is shown one makes nothing else of it. */
  private static final Map<String, String> SAFE =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer");

  private final Javalin app;
  private final @Nullable TlsDoor tls;

  private LakehouseServer(Javalin app, @Nullable TlsDoor tls) {
    this.app = app;
    this.tls = tls;
  }

  /** JSON as every route writes it: instants as ISO 8601 text. */
  public static ObjectMapper json() {
    return new ObjectMapper()
        .registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  /**
   * Starts a server with the routes, for the keys of the configuration; who has one may do
   * everything.
   *
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  public static LakehouseServer start(ServerConfig server, AuthConfig auth, List<Routes> routes) {
    return start(server, auth, routes, SlowSenders.GRACE);
  }

  static LakehouseServer start(
      ServerConfig server, AuthConfig auth, List<Routes> routes, Duration slowSendersGrace) {
    return start(server, Security.of(auth), routes, Clock.systemUTC(), slowSendersGrace);
  }

  /**
   * Starts a server with the routes.
   *
   * @throws io.javalin.util.JavalinBindException if the port is taken
   * @throws IllegalStateException if a route states no {@link Door}
   */
  public static LakehouseServer start(
      ServerConfig server, Security security, List<Routes> routes, Clock clock) {
    return start(server, security, routes, clock, SlowSenders.GRACE);
  }

  private static LakehouseServer start(
      ServerConfig server,
      Security security,
      List<Routes> routes,
      Clock clock,
      Duration slowSendersGrace) {
    Gate gate = new Gate(server, security, clock);
    DoorRoutes doors = new DoorRoutes();
    Allowances allowances = new Allowances(server.limits(), clock);
    TlsDoor tls = server.tls().enabled() ? TlsDoor.open(server.tls()) : null;
    List<ErrorForm> forms = routes.stream().map(Routes::errors).flatMap(Optional::stream).toList();
    Javalin app =
        Javalin.create(
            config -> {
              basics(config, slowSendersGrace);
              if (tls != null) {
                config.jetty.addConnector(
                    (jetty, http) -> tls.connector(jetty, http, server.host(), server.port()));
              }
              config.routes.before(context -> begin(forms, tls != null, context));
              config.routes.before(context -> enter(gate, security, allowances, clock, context));
              config.routes.beforeMatched(Doorkeeper::ask);
              config.routes.after(LakehouseServer::leave);
              config.routes.exception(
                  ProblemException.class, (problem, context) -> answer(context, problem.problem()));
              config.routes.exception(HttpResponseException.class, LakehouseServer::answerHttp);
              config.routes.exception(Exception.class, LakehouseServer::answerUnexpected);
              routes.forEach(each -> each.mount(config.routes));
              doors.mount(config.routes);
            });
    try {
      doors.show(Doorkeeper.doors(app));
      return new LakehouseServer(app.start(server.host(), server.port()), tls);
    } catch (RuntimeException e) {
      if (tls != null) {
        tls.close();
      }
      throw e;
    }
  }

  private static void basics(JavalinConfig config, Duration slowSendersGrace) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.jsonMapper(new JavalinJackson(json(), false));
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, 4, 60_000);
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyServer(jetty -> jetty.setHandler(new SlowSenders(slowSendersGrace)));
  }

  private static void begin(List<ErrorForm> forms, boolean secure, Context context) {
    forms.stream()
        .filter(form -> form.covers(context.path()))
        .findFirst()
        .ifPresent(form -> context.attribute(ERROR_FORM, form));
    SAFE.forEach(context::header);
    if (secure) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
    String id = Gate.requestId(context);
    MDC.put(REQUEST_ID, id);
    context.header("X-Request-Id", id);
    context.attribute(REQUEST_ID, id);
    context.attribute("startedNanos", System.nanoTime());
  }

  private static void enter(
      Gate gate, Security security, Allowances allowances, Clock clock, Context context) {
    String id = String.valueOf(context.<String>attribute(REQUEST_ID));
    Audited audited = new Audited(security.trail(), clock, context, id);
    context.attribute(Audited.ATTRIBUTE, audited);
    String principal = gate.admit(context);
    audited.by(principal);
    context.attribute(Caller.ATTRIBUTE, new Caller(principal, id));
    context.attribute(Permit.ATTRIBUTE, security.permit(principal, audited));
    Allowance allowance = allowances.of(principal);
    context.attribute(Allowance.ATTRIBUTE, allowance);
    allowance.request(context);
  }

  private static void leave(Context context) {
    Doorkeeper.check(context);
    Doorkeeper.end(context);
    Long started = context.attribute("startedNanos");
    REQUESTS.info(
        "{} {} {} {} ms",
        context.method(),
        Source.shown(context.path()),
        context.statusCode(),
        started == null ? 0 : (System.nanoTime() - started) / 1_000_000);
    MDC.remove(REQUEST_ID);
  }

  /** Answers a request with a problem; also for routes that answer outside the request's thread. */
  public static void answer(Context context, Problem problem) {
    String id = context.attribute(REQUEST_ID);
    Problem complete = id == null ? problem : problem.requestId(id);
    context.attribute(Doorkeeper.CODE, problem.code());
    ErrorForm form = context.attribute(ERROR_FORM);
    if (form != null) {
      form.write(context, complete);
      return;
    }
    try {
      context
          .status(problem.status())
          .contentType(Problem.MEDIA_TYPE)
          .result(json().writeValueAsBytes(complete));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answerHttp(HttpResponseException exception, Context context) {
    int status = exception.getStatus();
    String code =
        switch (status) {
          case 404 -> "not_found";
          case 405 -> "method_not_allowed";
          case 413 -> "too_large";
          default -> status < 500 ? "bad_request" : "internal";
        };
    String title = exception.getMessage() == null ? code : Source.shown(exception.getMessage());
    answer(
        context,
        Problem.of(
            status,
            code,
            title,
            context.method() + " " + Source.shown(context.path()) + ": " + title));
  }

  private static void answerUnexpected(Exception exception, Context context) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof SlowSenders.TooSlow) {
        String detail = String.valueOf(cause.getMessage());
        answer(context, Problem.of(408, "slow_request", "The request comes too slowly", detail));
        return;
      }
    }
    LOG.error("{} {} failed", context.method(), context.path(), exception);
    answer(
        context,
        Problem.of(
                500,
                "internal",
                "Something broke",
                "the request could not be answered; the log has the reason under its request id")
            .hint("look for the requestId in the log"));
  }

  /** The port it listens on. */
  public int port() {
    return app.port();
  }

  /** The server underneath, for tests that hold its routes against the reference. */
  public Javalin javalin() {
    return app;
  }

  @Override
  public void close() {
    app.stop();
    if (tls != null) {
      tls.close();
    }
  }
}
