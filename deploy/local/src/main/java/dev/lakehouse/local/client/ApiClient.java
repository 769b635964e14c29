package dev.lakehouse.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A lakehouse's HTTP API. Every call throws {@link ApiException} with the problem it was answered
 * with, or if nobody answers.
 */
public final class ApiClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final String base;
  private final String key;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param url where the lakehouse is
   * @param key sent as {@code X-API-Key}; empty for none
   */
  public ApiClient(String url, String key) {
    this(url, key, HttpClient.newBuilder());
  }

  private ApiClient(String url, String key, HttpClient.Builder http) {
    this.base = url.replaceFirst("/+$", "");
    this.key = key;
    this.http = http.version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  }

  /**
   * One that trusts the certificates of a file and those that they have signed, and no others.
   *
   * @param authorities PEM
   */
  public static ApiClient trusting(String url, String key, Path authorities) {
    return new ApiClient(
        url, key, HttpClient.newBuilder().sslContext(Authorities.read(authorities)));
  }

  public String url() {
    return base;
  }

  /** Runs a query. */
  public Answers.Result sql(String sql) {
    return post("/query/sql", Map.of("sql", sql), Answers.Result.class);
  }

  /** How everything is. */
  public Answers.Status status() {
    return send(request("/status").GET().build(), Answers.Status.class);
  }

  /** How an ingest is. */
  public Answers.Ingest ingest(String id) {
    return send(request("/ingest/" + id).GET().build(), Answers.Ingest.class);
  }

  /**
   * Has an ingest undone.
   *
   * @param dataset of events whose ingest nobody knows; null for others
   */
  public void undo(String id, @Nullable String dataset) {
    String path = "/ingest/" + id + (dataset == null ? "" : "?dataset=" + dataset);
    send(request(path).DELETE().build(), Answers.Ingest.class);
  }

  /** Has the file of an ingest read again, in place of its former rows. */
  public Answers.Accepted readAgain(String id) {
    return post("/ingest/" + id + "/read", Map.of(), Answers.Accepted.class);
  }

  /** The first entries of an ingest in quarantine. */
  public Answers.Entries quarantine(String id, int limit) {
    return send(
        request("/ingest/" + id + "/quarantine?limit=" + limit).GET().build(),
        Answers.Entries.class);
  }

  /**
   * Has entries of an ingest replayed as they are.
   *
   * @param cursor of the answer before; null for the first
   */
  public Answers.Replay replayAll(String id, @Nullable String cursor) {
    return post(
        "/ingest/" + id + "/quarantine/replay",
        cursor == null ? Map.of("all", true) : Map.of("all", true, "cursor", cursor),
        Answers.Replay.class);
  }

  /**
   * Uploads a file, streaming it.
   *
   * @param dataset where its rows go; null lets the file's name say
   * @param sent is told how many bytes of the file have gone out
   */
  public Answers.Accepted upload(Path file, @Nullable String dataset, LongConsumer sent) {
    MultipartUpload upload = new MultipartUpload(file, dataset, sent);
    HttpRequest request =
        request("/ingest/file")
            .header("Content-Type", upload.contentType())
            .POST(upload.body())
            .build();
    return send(request, Answers.Accepted.class);
  }

  /**
   * Sends events.
   *
   * @param body a JSON array or NDJSON
   * @param idempotencyKey sending again under the same key changes nothing
   */
  public void events(String dataset, String contentType, byte[] body, String idempotencyKey) {
    send(
        request("/ingest/events/" + dataset)
            .header("Content-Type", contentType)
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        Object.class);
  }

  /**
   * A page of the datasets.
   *
   * @param after the cursor of the page before; empty for the first
   */
  public Answers.Datasets datasets(String after) {
    String cursor = after.isEmpty() ? "" : "?cursor=" + URLEncoder.encode(after, UTF_8);
    return send(request("/catalog/datasets" + cursor).GET().build(), Answers.Datasets.class);
  }

  /** One dataset. */
  public Answers.Described dataset(String name) {
    return send(request(one(name)).GET().build(), Answers.Described.class);
  }

  /**
   * Declares a dataset.
   *
   * @param declaration as {@code POST /catalog/datasets} takes it
   */
  public Answers.Declared declare(byte[] declaration) {
    return send(
        request("/catalog/datasets")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(declaration))
            .build(),
        Answers.Declared.class);
  }

  /** Renames a dataset; how far that is. */
  public Answers.Change rename(String name, String to) {
    return send(
        request(one(name))
            .header("Content-Type", "application/json")
            .method("PATCH", written(Map.of("name", to)))
            .build(),
        Answers.Change.class);
  }

  /**
   * Deletes a dataset; how far that is.
   *
   * @param confirm what the refusal of the first asking says; empty in the first
   */
  public Answers.Change delete(String name, String confirm) {
    String query = confirm.isEmpty() ? "" : "?confirm=" + URLEncoder.encode(confirm, UTF_8);
    return send(request(one(name) + query).DELETE().build(), Answers.Change.class);
  }

  /** What became of renames and deletions, the newest first. */
  public Answers.Changes changes() {
    return send(request("/catalog/changes").GET().build(), Answers.Changes.class);
  }

  /**
   * What the policies say of a dataset.
   *
   * @param principal to whom; null for whose the key is
   */
  public Answers.Policy policy(String dataset, @Nullable String principal) {
    String who = principal == null ? "" : "&principal=" + URLEncoder.encode(principal, UTF_8);
    String path = "/policy/explain?dataset=" + URLEncoder.encode(dataset, UTF_8) + who;
    return send(request(path).GET().build(), Answers.Policy.class);
  }

  /** Every key, without the keys. */
  public Answers.Keys keys() {
    return send(request("/keys").GET().build(), Answers.Keys.class);
  }

  /**
   * Makes a key.
   *
   * @param expiresIn how long it is valid, such as {@code 90d}; null for ever
   */
  public Answers.MadeKey makeKey(String principal, @Nullable String expiresIn) {
    return post(
        "/keys",
        expiresIn == null
            ? Map.of("principal", principal)
            : Map.of("principal", principal, "expiresIn", expiresIn),
        Answers.MadeKey.class);
  }

  /**
   * Makes a key in place of another.
   *
   * @param grace how long the other is valid yet; null for a day
   */
  public Answers.MadeKey rotateKey(String id, @Nullable String grace) {
    return post(
        "/keys/" + URLEncoder.encode(id, UTF_8) + "/rotate",
        grace == null ? Map.of() : Map.of("grace", grace),
        Answers.MadeKey.class);
  }

  /** Ends a key at once. */
  public Answers.Key revokeKey(String id) {
    return send(
        request("/keys/" + URLEncoder.encode(id, UTF_8)).DELETE().build(), Answers.Key.class);
  }

  private static String one(String name) {
    return "/catalog/datasets/by-name/" + URLEncoder.encode(name, UTF_8);
  }

  private <T> T post(String path, Object body, Class<T> answer) {
    return send(
        request(path).header("Content-Type", "application/json").POST(written(body)).build(),
        answer);
  }

  private BodyPublisher written(Object body) {
    try {
      return BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(URI.create(base + path));
    } catch (IllegalArgumentException notAnAddress) {
      throw ApiException.unreachable(base);
    }
    request.header("Accept", "application/json");
    if (!key.isEmpty()) {
      request.header("X-API-Key", key);
    }
    return request;
  }

  private <T> T send(HttpRequest request, Class<T> answer) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw refusal(response);
      }
      return json.readValue(response.body(), answer);
    } catch (ConnectException | HttpTimeoutException | UnresolvedAddressException e) {
      throw ApiException.unreachable(base);
    } catch (IOException e) {
      throw new UncheckedIOException("the connection to " + base + " broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + base, e);
    }
  }

  private ApiException refusal(HttpResponse<byte[]> response) throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    return type.startsWith("application/problem+json")
        ? ApiException.refused(json.readValue(response.body(), ApiException.ProblemBody.class))
        : ApiException.refused(response.statusCode(), new String(response.body(), UTF_8));
  }
}
