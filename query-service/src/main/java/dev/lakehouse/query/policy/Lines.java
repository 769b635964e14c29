package dev.lakehouse.query.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which lines of a TOML file things stand, as far as the beginnings of lines tell; the reader of
 * TOML itself does not say.
 */
final class Lines {
  private static final Pattern HEADER =
      Pattern.compile("^\\s*(\\[\\[?)\\s*(.*?)\\s*\\]\\]?\\s*(?:#.*)?$");
  private static final Pattern KEY =
      Pattern.compile(
          "^\\s*((?:\"[^\"]*\"|'[^']*'|[\\w-]+)(?:\\s*\\.\\s*(?:\"[^\"]*\"|'[^']*'|[\\w-]+))*)\\s*=");

  private final Map<String, Integer> lines = new HashMap<>();

  Lines(String toml) {
    Map<String, Integer> lists = new HashMap<>();
    String header = "";
    int line = 0;
    for (String each : toml.split("\n", -1)) {
      line++;
      Matcher table = HEADER.matcher(each);
      Matcher key = KEY.matcher(each);
      if (table.matches()) {
        header = numbered(plain(table.group(2)), lists, table.group(1).length() == 2);
        lines.putIfAbsent(header, line);
      } else if (key.find()) {
        String path = plain(key.group(1));
        lines.putIfAbsent(header.isEmpty() ? path : header + "." + path, line);
      }
    }
  }

  private static String plain(String path) {
    return path.replaceAll("[\"'\\s]", "");
  }

  /** The path with the number of the element of each list in it. */
  private static String numbered(String path, Map<String, Integer> lists, boolean isElement) {
    if (isElement) {
      return path + "[" + (lists.merge(path, 1, Integer::sum) - 1) + "]";
    }
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      Integer count = lists.get(path.substring(0, dot));
      if (count != null) {
        return path.substring(0, dot) + "[" + (count - 1) + "]" + path.substring(dot);
      }
    }
    return path;
  }

  /** The line of what has this path, or of what it is in; 0 if that is not known either. */
  int of(String path) {
    String at = path.replaceAll("[\"'\\s]", "");
    while (!at.isEmpty()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      int end = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
      at = end < 0 ? "" : at.substring(0, end);
    }
    return 0;
  }
}
