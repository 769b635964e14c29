package dev.lakehouse.ingest.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/**
 * How one file's records are found and flattened.
 *
 * @param lines whether each line is a record; else values follow one another however they are laid
 *     out
 * @param records JSON Pointer (RFC 6901) from each value to its record or array of records
 * @param places every place that some record has, by the names that lead to it
 * @param opaque places whose objects stay JSON text, since their names are data
 * @param columns which of the places are columns, by their number
 */
record JsonDialect(
    boolean lines,
    String records,
    List<List<String>> places,
    List<List<String>> opaque,
    List<Integer> columns) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can be written as JSON", e);
    }
  }

  static JsonDialect parse(String json) throws IOException {
    return JSON.readValue(json, JsonDialect.class);
  }
}
