package dev.lakehouse.schemas.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
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
  private static final Set<String> OPEN = Set.of("/health/ready");
  private static final String BEARER = "Bearer ";
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final AuthConfig auth;
  private final boolean ownMachineOnly;
  private final Set<String> hosts;

  Gate(ServerConfig server, AuthConfig auth) {
    this.auth = auth;
    String host = server.host().toLowerCase(Locale.ROOT);
    this.ownMachineOnly = !auth.enabled() || LOOPBACK.contains(host);
    this.hosts = new HashSet<>(LOOPBACK);
    this.hosts.add(host);
  }

  /** The request's own id if it brings a fit one, else a new one. */
  String requestId(Context context) {
    String given = context.header("X-Request-Id");
    return given != null && REQUEST_ID.matcher(given).matches()
        ? given
        : UUID.randomUUID().toString();
  }

  /**
   * @return the principal
   * @throws ProblemException 401 without a valid key, 403 from a foreign page or host
   */
  String admit(Context context) {
    if (ownMachineOnly) {
      refuseForeign(context);
    }
    if (!auth.enabled()) {
      return "local";
    }
    if (OPEN.contains(context.path())) {
      return "anonymous";
    }
    String key = key(context);
    if (key != null) {
      for (Map.Entry<String, String> entry : auth.keys().entrySet()) {
        if (MessageDigest.isEqual(entry.getValue().getBytes(UTF_8), key.getBytes(UTF_8))) {
          return entry.getKey();
        }
      }
    }
    throw Problem.of(
            401,
            "unauthorized",
            "A key is needed",
            key == null ? "the request has no X-API-Key" : "the X-API-Key is not a known one")
        .hint("send a key of [auth.keys] in the header X-API-Key, or as a bearer token")
        .toException();
  }

  /** As our own clients send it, or as those of the Iceberg catalog do. */
  private static @Nullable String key(Context context) {
    String key = context.header("X-API-Key");
    String authorization = context.header("Authorization");
    return key == null && authorization != null && authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length())
        : key;
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
