package dev.lakehouse.query.sql;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Allowance;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.http.SlowReaders;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /query/sql} and {@code DELETE /query/{id}}. A query's id is the request's {@code
 * X-Query-Id} if it sends one, else the request id.
 */
public final class SqlRoutes implements Routes {
  private static final Pattern QUERY_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private static final Logger LOG = LoggerFactory.getLogger(SqlRoutes.class);

  private final SqlService service;
  private final Creating creating;
  private final SlowReaders slowReaders;

  /**
   * @param creating for statements that make a dataset
   * @param slowReaders whom answers wait for, and how long
   */
  public SqlRoutes(SqlService service, Creating creating, SlowReaders slowReaders) {
    this.service = service;
    this.creating = creating;
    this.slowReaders = slowReaders;
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.post("/query/sql", this::query, Door.query());
    routes.delete("/query/{id}", this::cancel, Door.known("one's own queries"));
  }

  private enum Format {
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv"),
    ARROW("application/vnd.apache.arrow.stream");

    final String mediaType;

    String contentType() {
      return this == ARROW ? mediaType : mediaType + "; charset=utf-8";
    }

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /** The first format that the header names; JSON if it names none. */
    static Format of(@Nullable String accept) {
      if (accept != null) {
        for (String each : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
          String type = each.replaceFirst(";.*", "").strip();
          for (Format format : values()) {
            if (format.mediaType.equals(type)) {
              return format;
            }
          }
        }
      }
      return JSON;
    }

    ResultWriter writer(OutputStream out) throws IOException {
      return switch (this) {
        case JSON -> new JsonWriter(out);
        case NDJSON -> new NdjsonWriter(out);
        case CSV -> new CsvWriter(out);
        case ARROW -> throw new IllegalStateException("Arrow has no rows");
      };
    }
  }

  private void query(Context context) {
    Caller caller = Caller.of(context);
    String queryId = queryId(context, caller);
    context.header("X-Query-Id", queryId);
    SqlRequest request = SqlRequest.read(context.bodyInputStream());
    Format format = Format.of(context.header("Accept"));
    QueryAudit audit = QueryAudit.of(context, request.text());
    if (request.dryRun()) {
      DryRun said = service.dryRun(request, caller, queryId);
      audit.admit(said, service.columns(request));
      context.json(said);
      return;
    }
    Creating.Leave leave =
        dataset -> {
          Permit.of(context).askToMake(dataset, Grant.MANAGE);
          audit.admitMaking(dataset);
        };
    try {
      if (format == Format.ARROW) {
        try (ArrowAnswer answer = service.arrow(request, caller, queryId)) {
          try {
            send(
                context,
                format,
                () -> audit.admit(answer.receipt(), service.columns(request)),
                answer::isOver,
                answer::fail,
                answer::send);
          } finally {
            audit.over(answer.rows(), answer.failed());
          }
        }
      } else {
        try (Answer answer = service.run(request, caller, queryId, creating, leave)) {
          try {
            send(
                context,
                format,
                () -> audit.admit(answer.receipt(), service.columns(request)),
                answer::isOver,
                answer::fail,
                first -> send(answer, format.writer(first), first));
          } finally {
            audit.over(answer.rows(), answer.failed());
          }
        }
      }
    } catch (ProblemException e) {
      if (e.problem().status() == 503) {
        context.header("Retry-After", "1");
      }
      throw e;
    } catch (IOException e) {
      LOG.info("the client of query {} is gone: {}", queryId, e.toString());
    }
  }

  /** Writes an answer. */
  @FunctionalInterface
  private interface Sending {
    void to(FirstBytes out) throws IOException;
  }

  private void send(
      Context context,
      Format format,
      Runnable admit,
      BooleanSupplier isOver,
      Consumer<Problem> fail,
      Sending answer)
      throws IOException {
    FirstBytes first =
        new FirstBytes(
            () -> {
              admit.run();
              context.status(200).contentType(format.contentType());
              return Allowance.of(context).returning(slowReaders.watch(context, isOver));
            });
    try {
      answer.to(first);
    } catch (IOException e) {
      fail.accept(Problem.of(400, "hung_up", "The client hung up", "the client does not read on"));
      throw e;
    } finally {
      first.release();
    }
  }

  private static void send(Answer answer, ResultWriter writer, FirstBytes first)
      throws IOException {
    try {
      writer.begin(answer.columns());
      @Nullable Object @Nullable [] row = answer.next();
      while (row != null) {
        writer.row(row);
        row = answer.next();
      }
      writer.end(answer.stats(), answer.receipt());
    } catch (ProblemException e) {
      answer.fail(e.problem());
      if (!first.gone()) {
        throw e;
      }
      writer.fail(e.problem().requestId(answer.receipt().queryId()));
    }
    writer.close();
    first.finish();
  }

  private static String queryId(Context context, Caller caller) {
    String given = context.header("X-Query-Id");
    if (given == null) {
      return caller.requestId();
    }
    if (!QUERY_ID.matcher(given).matches()) {
      throw Problem.of(
              400,
              "bad_query_id",
              "The query id is not right",
              "X-Query-Id has 1 to 64 letters, digits, _, . and -")
          .toException();
    }
    return given;
  }

  private void cancel(Context context) {
    String id = context.pathParam("id");
    if (!service.cancel(id, Caller.of(context))) {
      LakehouseServer.answer(
          context,
          Problem.of(404, "unknown_query", "There is no such query", "no query '" + id + "' runs"));
      return;
    }
    context.status(204);
  }
}
