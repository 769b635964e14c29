package dev.lakehouse.schemas.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The few calls of the Confluent schema registry API that the house needs, cached by id and by
 * subject. Works against any registry that speaks that API. Safe for use by many threads.
 *
 * <p>Every call may throw {@link RegistryException}; its subclass says whether to try again.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">the
 *     API</a>
 */
public final class SchemaRegistry {
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long UNKNOWN_REMEMBERED_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int ATTEMPTS = 3;
  static final int MOST_UNKNOWN = 1_000;

  private final URI base;
  private final Map<String, String> headers;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
  private final Map<Integer, Long> unknownSince = Collections.synchronizedMap(new LastUnknown());
  private final Map<String, Map<Schema, Integer>> bySubject = new ConcurrentHashMap<>();

  /**
   * @param base the API's address, without a trailing slash
   * @param headers sent with every request (authorization, for instance)
   */
  public SchemaRegistry(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = Map.copyOf(headers);
  }

  /** Ids made of garbage are many; only the last that were asked for are remembered. */
  private static final class LastUnknown extends LinkedHashMap<Integer, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
      return size() > MOST_UNKNOWN;
    }
  }

  /** How many ids are remembered that the registry does not know. */
  int unknownRemembered() {
    return unknownSince.size();
  }

  /** A schema as a subject's version. */
  public record Registered(int id, int version, Schema schema) {}

  /**
   * Registers the schema, or finds it if the subject has it already.
   *
   * @return the schema's id
   * @throws RegistryException.Incompatible if the subject's rule refuses it
   */
  public int register(String subject, Schema schema) {
    Map<Schema, Integer> known = bySubject.computeIfAbsent(subject, s -> new ConcurrentHashMap<>());
    Integer id = known.get(schema);
    if (id == null) {
      id =
          call(
                  "POST",
                  "/subjects/" + encode(subject) + "/versions",
                  new SchemaBody(schema.toString(), List.of()),
                  IdBody.class,
                  subject)
              .orElseThrow(() -> new RegistryException.Refused("no such subject: " + subject))
              .id();
      known.put(schema, id);
    }
    return id;
  }

  /**
   * The schema of an id.
   *
   * @throws RegistryException.UnknownSchema if the registry has none
   */
  public Schema byId(int id) {
    Schema schema = byId.get(id);
    if (schema != null) {
      return schema;
    }
    Long since = unknownSince.get(id);
    if (since != null && System.nanoTime() - since < UNKNOWN_REMEMBERED_NANOS) {
      throw new RegistryException.UnknownSchema(id);
    }
    Optional<SchemaBody> found = call("GET", "/schemas/ids/" + id, null, SchemaBody.class, "");
    if (found.isEmpty()) {
      unknownSince.put(id, System.nanoTime());
      throw new RegistryException.UnknownSchema(id);
    }
    Schema parsed = parse(found.get());
    byId.put(id, parsed);
    unknownSince.remove(id);
    return parsed;
  }

  /** The newest version of a subject, or empty if there is no such subject. Never cached. */
  public Optional<Registered> latest(String subject) {
    return call(
            "GET",
            "/subjects/" + encode(subject) + "/versions/latest",
            null,
            VersionBody.class,
            subject)
        .map(
            body ->
                new Registered(
                    body.id(),
                    body.version(),
                    parse(new SchemaBody(body.schema(), orEmpty(body.references())))));
  }

  /**
   * Deletes a subject with all its versions, and forgets what was known of it here. Records that
   * were written with its schemas may no longer be readable. A subject that is not there is as good
   * as deleted.
   */
  public void delete(String subject) {
    var unused = call("DELETE", "/subjects/" + encode(subject), null, List.class, subject);
    bySubject.remove(subject);
  }

  /** Sets the rule for subjects that have none of their own ({@code BACKWARD}, {@code NONE}, …). */
  public void defaultCompatibility(String level) {
    call("PUT", "/config", Map.of("compatibility", level), Map.class, "");
  }

  /** Whether the registry answers. */
  public boolean isUp() {
    try {
      return call("GET", "/config", null, Map.class, "").isPresent();
    } catch (RegistryException notUp) {
      return false;
    }
  }

  private Schema parse(SchemaBody body) {
    Schema.Parser parser = new Schema.Parser(NameValidator.UTF_VALIDATOR);
    for (Reference reference : orEmpty(body.references())) {
      VersionBody referred =
          call(
                  "GET",
                  "/subjects/" + encode(reference.subject()) + "/versions/" + reference.version(),
                  null,
                  VersionBody.class,
                  reference.subject())
              .orElseThrow(
                  () ->
                      new RegistryException.Refused(
                          "a schema refers to "
                              + reference.subject()
                              + ", which the registry does not have"));
      Schema named = parse(new SchemaBody(referred.schema(), orEmpty(referred.references())));
      if (!parser.getTypes().containsKey(named.getFullName())) {
        parser.addTypes(List.of(named));
      }
    }
    return parser.parse(body.schema());
  }

  private <T> Optional<T> call(
      String method, String path, @Nullable Object body, Class<T> answer, String subject) {
    HttpRequest request = request(method, path, body);
    RegistryException.Unavailable last =
        new RegistryException.Unavailable("the schema registry at " + base + " was not asked");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        HttpResponse<String> response =
            http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        int status = response.statusCode();
        if (status < 300) {
          return Optional.of(json.readValue(response.body(), answer));
        } else if (status == 404) {
          return Optional.empty();
        } else if (status == 409) {
          throw new RegistryException.Incompatible(subject, response.body());
        } else if (status < 500) {
          throw new RegistryException.Refused(
              "the schema registry refused " + method + " " + path + ": " + response.body());
        }
        last =
            new RegistryException.Unavailable(
                "the schema registry at " + base + " answered " + status + ": " + response.body());
      } catch (IOException e) {
        last =
            new RegistryException.Unavailable(
                "the schema registry at " + base + " does not answer: " + e, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RegistryException.Unavailable("interrupted while asking the schema registry", e);
      }
    }
    throw last;
  }

  private HttpRequest request(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .header("Accept", MEDIA_TYPE);
    headers.forEach(request::header);
    if (body == null) {
      return request.method(method, BodyPublishers.noBody()).build();
    }
    try {
      return request
          .header("Content-Type", MEDIA_TYPE)
          .method(method, BodyPublishers.ofString(json.writeValueAsString(body)))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write the request as JSON", e);
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<Reference> orEmpty(@Nullable List<Reference> references) {
    return references == null ? List.of() : references;
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record SchemaBody(String schema, @Nullable List<Reference> references) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Reference(String name, String subject, int version) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record IdBody(int id) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record VersionBody(
      String subject, int id, int version, String schema, @Nullable List<Reference> references) {}
}
