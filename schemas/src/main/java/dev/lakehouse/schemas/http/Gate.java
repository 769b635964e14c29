package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.config.ServerConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may come in at all: a key where keys are on, and, on loopback, neither
 * a foreign {@code Host} nor a foreign page's {@code Origin}, so that a web site open in the user's
 * browser cannot reach in.
 */
final class Gate {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** What needs no key. */
  static final Set<String> OPEN = Set.of("/health/ready");

  private static final String BEARER = "Bearer ";
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final boolean needsKey;
  private final Keys keys;
  private final FailedAttempts failed;
  private final boolean ownMachineOnly;
  private final Set<String> hosts;

  Gate(ServerConfig server, Security security, Clock clock) {
    this.needsKey = security.auth().enabled();
    this.keys = security.all();
    this.failed = new FailedAttempts(clock);
    String host = server.host().toLowerCase(Locale.ROOT);
    this.ownMachineOnly = !needsKey || LOOPBACK.contains(host);
    this.hosts = new HashSet<>(LOOPBACK);
    this.hosts.add(host);
  }

  /** The request's own id if it brings a fit one, else a new one. */
  static String requestId(Context context) {
    String given = context.header("X-Request-Id");
    return given != null && REQUEST_ID.matcher(given).matches()
        ? given
        : UUID.randomUUID().toString();
  }

  /**
   * @return the principal
   * @throws ProblemException 401 without a valid key, 429 after many such, 403 from a foreign page
   *     or host
   */
  String admit(Context context) {
    if (ownMachineOnly) {
      refuseForeign(context);
    }
    if (!needsKey) {
      return "local";
    }
    if (OPEN.contains(context.path())) {
      return "anonymous";
    }
    return principal(key(context), context);
  }

  private String principal(@Nullable String key, Context context) {
    String source = Source.of(context.req().getRemoteAddr());
    String digest = key == null ? "" : Source.digest(key);
    if (failed.holds(source, digest)) {
      context.header("Retry-After", "1");
      throw Problem.of(
              429,
              "too_many_failures",
              "Too many wrong keys",
              "too many requests from this address had no key or a wrong one")
          .hint("wait a second; a key that was right from here before is taken all the while")
          .toException();
    }
    Optional<String> known = key == null ? Optional.empty() : keys.principal(key);
    if (known.isEmpty()) {
      failed.failed(source);
      throw unauthorized(
          key == null ? "the request has no X-API-Key" : "the X-API-Key is not a known one");
    }
    failed.right(source, digest);
    return known.get();
  }

  /**
   * As our own clients send it, or as those of the Iceberg catalog do. Of two keys nobody knows
   * which one others on the way have looked at.
   */
  private static @Nullable String key(Context context) {
    List<String> keys = Collections.list(context.req().getHeaders("X-API-Key"));
    List<String> bearers =
        Collections.list(context.req().getHeaders("Authorization")).stream()
            .filter(each -> each.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(each -> each.substring(BEARER.length()).strip())
            .toList();
    if (keys.size() + bearers.size() > 1) {
      throw unauthorized("the request has more than one key");
    }
    return keys.isEmpty() ? bearers.isEmpty() ? null : bearers.get(0) : keys.get(0);
  }

  private static ProblemException unauthorized(String why) {
    return Problem.of(401, "unauthorized", "A key is needed", why)
        .hint("send one key in the header X-API-Key, or as a bearer token")
        .toException();
  }

  private void refuseForeign(Context context) {
    String host = context.header("Host");
    String origin = context.header("Origin");
    if (host != null && !hosts.contains(withoutPort(host))) {
      throw foreign("Host", host);
    }
    if (origin != null && !hosts.contains(hostOf(origin))) {
      throw foreign("Origin", origin);
    }
  }

  private static ProblemException foreign(String header, String value) {
    return Problem.of(
            403,
            "foreign_origin",
            "The request comes from elsewhere",
            header + " is '" + value + "', and this server answers its own machine only")
        .hint("use http://127.0.0.1:<port>, or bind another address and turn authentication on")
        .toException();
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  private static String hostOf(String origin) {
    try {
      @Nullable String host = URI.create(origin).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
