package dev.lakehouse.schemas.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.config.ConfigException.Mistake;
import dev.lakehouse.schemas.name.Nearest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings as dotted keys and texts, read with their types. A mistake is noted and a default
 * returned, so that one reading finds all of them; {@link #finish} throws them together.
 */
final class Settings {
  private static final Pattern SIZE =
      Pattern.compile("(\\d+)\\s*(B|KB|MB|GB|TB)", Pattern.CASE_INSENSITIVE);
  private static final String ENVIRONMENT_PREFIX = "LAKEHOUSE_";

  private final TreeMap<String, String> values = new TreeMap<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final Set<String> known = new HashSet<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  /** Takes every leaf of the tree as a setting. */
  void putAll(JsonNode tree) {
    put("", tree);
  }

  private void put(String key, JsonNode node) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              child ->
                  put(
                      key.isEmpty() ? child.getKey() : key + "." + child.getKey(),
                      child.getValue()));
    } else if (node.isArray()) {
      mistakes.add(new Mistake(key, "is a list; no setting takes a list"));
    } else {
      values.put(key, node.asText());
    }
  }

  /** Overrides one setting, whoever set it before. */
  void put(String key, String value) {
    values.put(key, value);
    environment.remove(variable(key));
  }

  /** Takes {@code LAKEHOUSE_SERVER_PORT} for {@code server.port}, and so on. */
  void putEnvironment(Map<String, String> variables) {
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX)) {
            environment.put(name, value);
          }
        });
  }

  String text(String key, String otherwise) {
    return read(key, otherwise, Function.identity(), "");
  }

  boolean flag(String key, boolean otherwise) {
    return read(
        key,
        otherwise,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException();
            },
        "true or false");
  }

  int count(String key, int otherwise, int least, int most) {
    return read(
        key,
        otherwise,
        text -> {
          int number = Integer.parseInt(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException();
          }
          return number;
        },
        "a whole number from " + least + " to " + most);
  }

  Duration duration(String key, Duration otherwise) {
    return read(key, otherwise, Durations::parse, "a duration such as 20ms, 1s, 5m, 1h or 7d");
  }

  long bytes(String key, long otherwise) {
    return read(
        key, otherwise, Settings::parseBytes, "a size such as 512MB or 10GB (units of 1024)");
  }

  /** An absolute http(s), s3 or file address, or the empty text for "not set". */
  String address(String key) {
    return read(
        key,
        "",
        text -> {
          if (!text.isEmpty() && URI.create(text).getScheme() == null) {
            throw new IllegalArgumentException();
          }
          return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        },
        "an address with its scheme, such as http://host:8081");
  }

  /** All settings under a prefix, by the rest of their keys; any rest is allowed. */
  Map<String, String> map(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    values
        .subMap(prefix + ".", prefix + "/")
        .forEach(
            (key, value) -> {
              known.add(key);
              found.put(key.substring(prefix.length() + 1), value);
            });
    return found;
  }

  void mistake(String key, String what) {
    mistakes.add(new Mistake(key, what));
  }

  /**
   * @throws ConfigException if anything was wrong, or a key was never read
   */
  void finish(String source, Set<String> reservedVariables) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        mistakes.add(new Mistake(key, "is no setting" + nearest(key)));
      }
    }
    for (String name : environment.keySet()) {
      if (!reservedVariables.contains(name)) {
        mistakes.add(new Mistake(name, "is no setting"));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new ConfigException(source, mistakes);
    }
  }

  private String nearest(String key) {
    List<String> near = Nearest.to(key, known, 1);
    return near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?";
  }

  private <T> T read(String key, T otherwise, Function<String, T> parse, String expected) {
    known.add(key);
    String variable = variable(key);
    String override = environment.remove(variable);
    String value = override == null ? values.get(key) : override;
    if (value == null) {
      return otherwise;
    }
    try {
      return parse.apply(value.strip());
    } catch (IllegalArgumentException e) {
      mistakes.add(
          new Mistake(override == null ? key : variable, "'" + value + "' is not " + expected));
      return otherwise;
    }
  }

  private static String variable(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  static long parseBytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    int power =
        List.of("B", "KB", "MB", "GB", "TB").indexOf(matcher.group(2).toUpperCase(Locale.ROOT));
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
  }
}
