package dev.lakehouse.query.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.name.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of a policy file that knows where it stands, and notes what is wrong with it. */
final class Node {
  private final JsonNode json;
  private final String path;
  private final Source source;

  /** A file and the mistakes in it. */
  record Source(String file, Lines lines, List<Mistake> mistakes) {}

  Node(JsonNode json, String path, Source source) {
    this.json = json;
    this.path = path;
    this.source = source;
  }

  Mistake.Place place() {
    return new Mistake.Place(source.file, source.lines.of(path));
  }

  void mistake(String what) {
    source.mistakes.add(new Mistake(place(), (path.isEmpty() ? "" : path + ": ") + what));
  }

  boolean isText() {
    return json.isTextual();
  }

  boolean isTable() {
    return json.isObject();
  }

  /** The members of a table; none, with a mistake noted, if it is none. */
  Map<String, Node> members() {
    Map<String, Node> members = new LinkedHashMap<>();
    if (json.isObject()) {
      json.properties()
          .forEach(
              each ->
                  members.put(
                      each.getKey(),
                      new Node(
                          each.getValue(),
                          path.isEmpty() ? each.getKey() : path + "." + each.getKey(),
                          source)));
    } else {
      mistake("is no table");
    }
    return members;
  }

  /** The members of a table that may have these and no others. */
  Map<String, Node> members(Set<String> known) {
    Map<String, Node> members = members();
    members.forEach(
        (name, member) -> {
          if (!known.contains(name)) {
            List<String> near = Nearest.to(name, known, 1);
            member.mistake(
                "is not known here"
                    + (near.isEmpty()
                        ? "; known are " + String.join(", ", known.stream().sorted().toList())
                        : "; did you mean " + near.get(0) + "?"));
          }
        });
    return members;
  }

  /** The elements of a list; none, with a mistake noted, if it is none. */
  List<Node> elements() {
    List<Node> elements = new ArrayList<>();
    if (json.isArray()) {
      json.forEach(
          each -> elements.add(new Node(each, path + "[" + elements.size() + "]", source)));
    } else {
      mistake("is no list");
    }
    return elements;
  }

  /** A text without control characters, or null with a mistake noted. */
  @Nullable String text() {
    if (!json.isTextual()) {
      mistake("is no text in quotes");
      return null;
    }
    if (json.asText().chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      mistake("has a control character in it");
      return null;
    }
    return json.asText();
  }

  /** The texts of a list. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Node each : elements()) {
      String text = each.text();
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** A text, number or truth value, or null with a mistake noted. */
  @Nullable Object value() {
    if (json.isBoolean()) {
      return json.asBoolean();
    }
    if (json.isNumber() && !(json.isDouble() && !Double.isFinite(json.asDouble()))) {
      return new BigDecimal(json.asText());
    }
    if (json.isTextual()) {
      return text();
    }
    mistake("is no text, number, true or false");
    return null;
  }

  /** One value, or those of a list. */
  List<Object> values() {
    List<Object> values = new ArrayList<>();
    for (Node each : json.isArray() ? elements() : List.of(this)) {
      Object value = each.value();
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** A number above 0, or null with a mistake noted. */
  @Nullable BigDecimal positive() {
    if (json.isNumber() && value() instanceof BigDecimal number && number.signum() > 0) {
      return number;
    }
    mistake("is no number above 0");
    return null;
  }
}
