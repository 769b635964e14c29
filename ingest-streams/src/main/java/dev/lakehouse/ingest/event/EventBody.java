package dev.lakehouse.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts a request's body into events: a JSON array, JSON values one behind the other, or NDJSON. */
final class EventBody {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonMapper ONE_A_LINE =
      JSON.rebuild().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int MOST_EVENTS = 100_000;

  private EventBody() {}

  /** An event, or why it is none. */
  sealed interface Item {
    /** A JSON object. */
    record Event(JsonNode object) implements Item {}

    /** Something else. */
    record Bad(String code, String detail) implements Item {}
  }

  /**
   * The events of a body, in their order.
   *
   * @throws ProblemException 400 with line and column if the body is not JSON, 413 if it has too
   *     many events
   */
  static List<Item> parse(byte[] body, Optional<String> contentType) {
    int first = 0;
    while (first < body.length && Character.isWhitespace(body[first])) {
      first++;
    }
    if (first == body.length) {
      throw Problem.of(400, "empty_body", "There are no events", "the body is empty")
          .hint("send a JSON array of objects, or one object a line")
          .toException();
    }
    boolean lines =
        contentType.filter(type -> type.contains("ndjson") || type.contains("jsonl")).isPresent();
    if (body[first] == '[') {
      return array(body);
    }
    return lines || firstLineIsWhole(body, first) ? lines(body) : values(body);
  }

  private static boolean firstLineIsWhole(byte[] body, int first) {
    int end = endOfLine(body, first);
    return item(body, first, end - first) instanceof Item.Event;
  }

  private static int endOfLine(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    return end;
  }

  private static List<Item> array(byte[] body) {
    List<Item> items = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        add(items, of(parser.readValueAsTree()));
      }
      if (parser.nextToken() != null) {
        throw notJson(parser.currentTokenLocation(), "there is more behind the array");
      }
    } catch (JsonProcessingException e) {
      throw notJson(e.getLocation(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
    return items;
  }

  private static List<Item> values(byte[] body) {
    List<Item> items = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      while (parser.nextToken() != null) {
        add(items, of(parser.readValueAsTree()));
      }
    } catch (JsonProcessingException e) {
      throw notJson(e.getLocation(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
    return items;
  }

  private static List<Item> lines(byte[] body) {
    List<Item> items = new ArrayList<>();
    boolean any = false;
    for (int from = 0; from < body.length; ) {
      int end = endOfLine(body, from);
      if (!new String(body, from, end - from, UTF_8).isBlank()) {
        Item item = item(body, from, end - from);
        any |= !(item instanceof Item.Bad bad && bad.code().equals("bad_json"));
        add(items, item);
      }
      from = end + 1;
    }
    if (!any) {
      return values(body);
    }
    return items;
  }

  private static Item item(byte[] body, int from, int length) {
    try {
      return of(ONE_A_LINE.readTree(body, from, length));
    } catch (JsonProcessingException e) {
      return new Item.Bad(
          "bad_json",
          "not JSON at column " + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      return new Item.Bad("bad_json", "not JSON: " + e.getMessage());
    }
  }

  private static Item of(JsonNode node) {
    if (!node.isObject()) {
      return new Item.Bad("not_an_object", "an event is a JSON object, this is " + kind(node));
    }
    return node.isEmpty()
        ? new Item.Bad("empty_event", "the event has no fields")
        : new Item.Event(node);
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case STRING -> "a string";
      default -> "null";
    };
  }

  private static void add(List<Item> items, Item item) {
    if (items.size() == MOST_EVENTS) {
      throw Problem.of(
              413,
              "too_many_events",
              "The request has too many events",
              "one request takes at most " + MOST_EVENTS)
          .hint("send them in several requests, or as a file")
          .toException();
    }
    items.add(item);
  }

  private static ProblemException notJson(@Nullable JsonLocation at, String what) {
    Problem problem = Problem.of(400, "not_json", "The body is not JSON", what);
    if (at != null) {
      problem =
          Problem.of(
                  400,
                  "not_json",
                  "The body is not JSON",
                  "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + what)
              .with("line", at.getLineNr())
              .with("column", at.getColumnNr());
    }
    return problem.hint("send a JSON array of objects, or one object a line").toException();
  }
}
