package dev.lakehouse.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells the kinds of text apart: JSON, XML, tables, prose. */
final class TextKind {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> TABLE_NAMES = Set.of("csv", "tsv", "tab", "psv", "dsv");
  private static final Set<String> JSON_NAMES = Set.of("json", "jsonl", "ndjson", "geojson");
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final double ALIKE = 0.85;

  private TextKind() {}

  /** The name of the format that the text looks like most. */
  static String of(FileHead head, Set<String> known) {
    String text = head.text();
    refuseBinary(head, text);
    String start = text.stripLeading();
    if (start.startsWith("<") && isMarkup(start)) {
      return xml(head, start);
    } else if (isJson(head, start)) {
      return "json";
    } else if (!known.contains("text") || TABLE_NAMES.contains(head.extension())) {
      return "csv";
    }
    return isTable(text, head.whole()) ? "csv" : "text";
  }

  private static void refuseBinary(FileHead head, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\b' && c != 0x1B) {
        throw Formats.unknown(
            head, "it is binary: it holds the control character " + (int) c + " near its start");
      }
    }
    if (text.isBlank()) {
      throw new UnreadableFileException(
          "empty_file",
          "'" + head.name() + "' holds white space only",
          "send a file with at least one line or row");
    }
  }

  private static boolean isMarkup(String start) {
    return start.length() > 1
        && (Character.isLetter(start.charAt(1))
            || start.startsWith("<?xml")
            || start.startsWith("<!"))
        && start.indexOf('>') > 0;
  }

  private static String xml(FileHead head, String start) {
    if (start.contains("<smses")) {
      return "sms";
    }
    boolean html = start.regionMatches(true, 0, "<!doctype html", 0, 14) || start.contains("<html");
    throw Formats.unknown(head, html ? "it is an HTML page" : "it is XML of an unknown kind");
  }

  private static boolean isJson(FileHead head, String start) {
    boolean named = JSON_NAMES.contains(head.extension());
    if (start.startsWith("{")) {
      String inside = start.substring(1).stripLeading();
      return named || inside.isEmpty() || inside.startsWith("\"") || inside.startsWith("}");
    } else if (start.startsWith("[")) {
      return named || isJsonArray(start);
    }
    return named;
  }

  /** A row of a table may begin with a bracket too, but does not go on as JSON. */
  private static boolean isJsonArray(String start) {
    int tokens = 0;
    try (JsonParser parser = JSON.createParser(start)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        tokens++;
      }
      return true;
    } catch (JsonEOFException e) {
      return true;
    } catch (IOException e) {
      return tokens > 8;
    }
  }

  /** Whether some delimiter cuts nearly all lines into equally many parts. */
  private static boolean isTable(String text, boolean whole) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    int complete = whole ? lines.size() : lines.size() - 1;
    if (complete < 2) {
      return false;
    }
    for (char delimiter : DELIMITERS) {
      Map<Long, Integer> counts = new HashMap<>();
      for (String line : lines.subList(0, complete)) {
        counts.merge(delimiters(line, delimiter), 1, Integer::sum);
      }
      counts.remove(0L);
      int most = counts.values().stream().max(Integer::compare).orElse(0);
      if (most >= complete * ALIKE) {
        return true;
      }
    }
    return false;
  }

  private static long delimiters(String line, char delimiter) {
    long count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      count += c == delimiter && !quoted ? 1 : 0;
    }
    return count;
  }
}
