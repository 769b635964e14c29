package dev.lakehouse.ingest.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/**
 * The reader's choices, fixed before the first row and kept in the progress as JSON, so that a
 * reading that is resumed is the same reading.
 *
 * @param options what the uploader said
 * @param format the name of the file's format
 * @param reader the version of that format's reader
 * @param dialect the format's own choices
 * @param fields the Avro field of each of the file's columns
 */
public record ReadingPlan(
    Map<String, String> options, String format, int reader, JsonNode dialect, List<String> fields) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The plan whose dialect is this JSON. */
  static ReadingPlan of(
      Map<String, String> options, String format, int reader, String dialect, List<String> fields) {
    try {
      return new ReadingPlan(options, format, reader, JSON.readTree(dialect), fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a dialect that is not JSON: " + dialect, e);
    }
  }

  /** The plan as JSON. */
  public String toJson() {
    return write(this);
  }

  /** The plan in the JSON. */
  public static ReadingPlan parse(String json) {
    try {
      return JSON.readValue(json, ReadingPlan.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a reading plan: " + json, e);
    }
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can be written as JSON", e);
    }
  }
}
