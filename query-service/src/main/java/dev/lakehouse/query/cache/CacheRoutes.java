package dev.lakehouse.query.cache;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /query/cache/pin}, {@code POST /query/cache/evict}, {@code GET /query/cache/stats}.
 */
public final class CacheRoutes implements Routes {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int LONGEST_BODY = 10_000;
  private static final String LAKE = "lake.";

  private final HotTables tables;

  public CacheRoutes(HotTables tables) {
    this.tables = tables;
  }

  private record Body(@JsonProperty("table") @Nullable String table) {}

  @Override
  public void mount(RoutesConfig routes) {
    Door table = Door.asks("the table of the body", Grant.MANAGE);
    routes.post("/query/cache/pin", this::pin, table);
    routes.post("/query/cache/evict", this::evict, table);
    routes.get("/query/cache/stats", this::stats, Door.lists(Grant.MANAGE));
  }

  private void pin(Context context) {
    CacheStats.Table table = tables.pin(table(context), Permit.of(context)::knows);
    context.status(table.state() == CacheStats.State.READY ? 200 : 202).json(table);
  }

  private void evict(Context context) {
    String table = table(context);
    tables.evict(table);
    context.json(Map.of("table", table));
  }

  private void stats(Context context) {
    Predicate<DatasetName> managed = Permit.of(context).on(Grant.MANAGE);
    context.json(tables.stats().of(name -> managed.test(new DatasetName(name))));
  }

  private static String table(Context context) {
    String name = named(context);
    if (DatasetName.isLegal(name)) {
      Permit.of(context).ask(new DatasetName(name), Grant.MANAGE);
    } else {
      Permit.of(context).askAll(Grant.MANAGE);
    }
    return name;
  }

  private static String named(Context context) {
    try {
      byte[] bytes = context.bodyInputStream().readNBytes(LONGEST_BODY);
      Body body = JSON.readValue(bytes, Body.class);
      String given = body == null ? null : body.table();
      if (given == null || given.isBlank()) {
        throw bad("the member 'table' is missing or empty").with("member", "table").toException();
      }
      String name = given.strip().toLowerCase(Locale.ROOT);
      return name.startsWith(LAKE) ? name.substring(LAKE.length()) : name;
    } catch (JsonProcessingException e) {
      throw bad("the body is not {\"table\": a name}").toException();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem bad(String detail) {
    return Problem.of(400, "bad_request", "The request is not right", detail);
  }
}
