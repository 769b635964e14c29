package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.local.client.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What tests ask of a running lakehouse about tables that are made of queries. */
final class DerivedTables {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ApiClient client;

  DerivedTables(ApiClient client) {
    this.client = client;
  }

  /** Status and body. */
  record Said(int status, JsonNode body) {
    String code() {
      return body.path("code").asText();
    }
  }

  Said send(String method, String path, @Nullable Object body) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(client.url() + path))
                  .method(
                      method,
                      body == null
                          ? BodyPublishers.noBody()
                          : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                  .build(),
              BodyHandlers.ofString());
      return new Said(
          answer.statusCode(),
          answer.body().startsWith("{") ? JSON.readTree(answer.body()) : JSON.nullNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Any statement, answered as it is. */
  Said sql(String sql) {
    return send("POST", "/query/sql", Map.of("sql", sql));
  }

  /** A statement that must go well. */
  JsonNode rows(String sql) {
    Said said = sql(sql);
    assertThat(said.status()).as(sql + " " + said.body()).isEqualTo(200);
    return said.body().get("rows");
  }

  Said define(String name, String sql, Map<String, ?> refresh) {
    return send("POST", "/catalog/derived", Map.of("name", name, "sql", sql, "refresh", refresh));
  }

  JsonNode view(String name) {
    return send("GET", "/catalog/derived/" + name, null).body();
  }

  Said refresh(String name) {
    return send("POST", "/catalog/derived/" + name + "/refresh", null);
  }

  Said end(String name) {
    return send("DELETE", "/catalog/derived/" + name, null);
  }

  /** Waits until the table is as it should be. */
  JsonNode await(String name, Predicate<JsonNode> view) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> view(name), view);
  }

  /** Waits until a query has this answer. */
  void awaitRows(String sql, String rows) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(sql(sql).body().path("rows").toString()).isEqualTo(rows));
  }

  /** Deletes a dataset. */
  void delete(String dataset) {
    String path = "/catalog/datasets/by-name/" + dataset;
    Said asked = send("DELETE", path, null);
    assertThat(asked.code()).isEqualTo("confirm_needed");
    Said deleted = send("DELETE", path + "?confirm=" + asked.body().get("confirm").asText(), null);
    assertThat(deleted.status()).as(deleted.body().toString()).isIn(200, 202);
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> send("GET", path, null).status() == 404);
  }
}
