package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code [limits]}: how much each principal may ask for.
 *
 * @param everybody whoever is not named
 * @param principals those named, by {@code [limits.principals.<name>]}; what is not said there is
 *     as for everybody
 */
public record LimitsConfig(Quota everybody, Map<String, Quota> principals) implements Serializable {
  /** Everybody may ask for as much as they like. */
  public static final LimitsConfig NONE = new LimitsConfig(Quota.NONE, Map.of());

  private static final String NAMED = "limits.principals";
  private static final int MOST = 1_000_000;

  static LimitsConfig from(Settings settings) {
    Quota everybody =
        new Quota(
            settings.count("limits.requests_per_second", 0, 0, MOST),
            settings.count("limits.concurrent_queries", 0, 0, MOST),
            settings.bytes("limits.returned_per_minute", 0),
            settings.bytes("limits.upload", 0),
            settings.bytes("limits.uploaded_per_minute", 0));
    Map<String, Quota> named = new TreeMap<>();
    settings
        .map(NAMED)
        .forEach(
            (key, value) -> {
              int dot = key.lastIndexOf('.');
              String principal = dot < 0 ? key : key.substring(0, dot);
              String limit = key.substring(dot + 1);
              Quota before = named.getOrDefault(principal, everybody);
              try {
                named.put(principal, with(before, limit, value.strip()));
              } catch (IllegalArgumentException e) {
                settings.mistake(NAMED + "." + key, "is no limit, or '" + value + "' does not fit");
              }
            });
    return new LimitsConfig(everybody, Map.copyOf(named));
  }

  private static Quota with(Quota q, String limit, String value) {
    return switch (limit) {
      case "requests_per_second" ->
          new Quota(
              Integer.parseUnsignedInt(value),
              q.concurrentQueries(),
              q.returnedPerMinute(),
              q.uploadBytes(),
              q.uploadedPerMinute());
      case "concurrent_queries" ->
          new Quota(
              q.requestsPerSecond(),
              Integer.parseUnsignedInt(value),
              q.returnedPerMinute(),
              q.uploadBytes(),
              q.uploadedPerMinute());
      case "returned_per_minute" ->
          new Quota(
              q.requestsPerSecond(),
              q.concurrentQueries(),
              Settings.parseBytes(value),
              q.uploadBytes(),
              q.uploadedPerMinute());
      case "upload" ->
          new Quota(
              q.requestsPerSecond(),
              q.concurrentQueries(),
              q.returnedPerMinute(),
              Settings.parseBytes(value),
              q.uploadedPerMinute());
      case "uploaded_per_minute" ->
          new Quota(
              q.requestsPerSecond(),
              q.concurrentQueries(),
              q.returnedPerMinute(),
              q.uploadBytes(),
              Settings.parseBytes(value));
      default -> throw new IllegalArgumentException(limit);
    };
  }

  /** What a principal may ask for. */
  public Quota of(String principal) {
    return principals.getOrDefault(principal, everybody);
  }
}
