package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.util.Map;

/**
 * {@code [auth]}: who may come in. While off, every caller is the principal {@code local}.
 *
 * @param enabled whether a request needs an {@code X-API-Key}
 * @param keys principal name → key, from {@code [auth.keys]}; others are made at run time
 */
public record AuthConfig(boolean enabled, Map<String, String> keys) implements Serializable {
  private static final int SHORTEST_KEY = 16;

  static AuthConfig from(Settings settings) {
    boolean enabled = settings.flag("auth.enabled", false);
    Map<String, String> keys = settings.map("auth.keys");
    keys.forEach(
        (principal, key) -> {
          if (key.length() < SHORTEST_KEY) {
            settings.mistake(
                "auth.keys." + principal, "is shorter than " + SHORTEST_KEY + " characters");
          }
        });
    return new AuthConfig(enabled, keys);
  }

  /** Does not print keys. */
  @Override
  public String toString() {
    return "AuthConfig[enabled=" + enabled + ", principals=" + keys.keySet() + "]";
  }
}
