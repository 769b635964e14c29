package dev.lakehouse.ingest.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lakehouse.ingest.progress.EntryId;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request wants replayed. */
sealed interface ReplayBody {
  /** These entries, in this order. */
  record Rows(List<Row> rows) implements ReplayBody {}

  /** All entries as they are, from one on. */
  record All(Optional<EntryId> from) implements ReplayBody {}

  /**
   * One entry.
   *
   * @param said its id as the request has it
   * @param id empty if that is none
   */
  record Row(String said, Optional<EntryId> id, Correction correction) {}

  /** Of one request. */
  int MOST_ROWS = 10_000;

  JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /**
   * Reads a request's body.
   *
   * @throws ProblemException 400 saying what is wrong with it
   */
  static ReplayBody parse(byte[] body) {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw bad("it is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
    allow(node, Set.of("rows", "all", "cursor"), "the body");
    if (node.path("all").isBoolean() && node.path("all").booleanValue() && !node.has("rows")) {
      JsonNode cursor = node.path("cursor");
      Optional<EntryId> from = EntryId.parse(cursor.asText());
      if (from.isEmpty() && !cursor.isMissingNode() && !cursor.isNull()) {
        throw bad("cursor is " + cursor + " and not the one of an answer");
      }
      return new All(from);
    }
    if (!node.path("rows").isArray() || node.has("all") || node.has("cursor")) {
      throw bad("it has neither rows, a list, nor all, which is true");
    }
    if (node.path("rows").size() > MOST_ROWS) {
      throw bad("it has more than " + MOST_ROWS + " rows");
    }
    List<Row> rows = new ArrayList<>();
    node.path("rows").forEach(row -> rows.add(row(row)));
    return new Rows(rows);
  }

  private static Row row(JsonNode row) {
    allow(row, Set.of("entry", "raw", "values"), "a row");
    String said = row.path("entry").asText();
    if (!row.path("entry").isTextual()) {
      throw bad("a row does not say which entry it is");
    }
    return new Row(said, EntryId.parse(said), correction(said, row));
  }

  private static Correction correction(String said, JsonNode row) {
    if (row.has("raw") && row.has("values")) {
      throw bad("row '" + said + "' has both raw and values");
    } else if (row.has("raw")) {
      if (!row.path("raw").isTextual()) {
        throw bad("raw of row '" + said + "' is no text");
      }
      return new Correction.Raw(row.path("raw").textValue());
    } else if (row.has("values")) {
      if (!row.path("values").isObject()) {
        throw bad("values of row '" + said + "' is no object");
      }
      Map<String, JsonNode> columns = new LinkedHashMap<>();
      row.path("values").properties().forEach(each -> columns.put(each.getKey(), each.getValue()));
      return new Correction.Values(columns);
    }
    return new Correction.AsItIs();
  }

  private static void allow(JsonNode node, Set<String> members, String what) {
    if (!node.isObject()) {
      throw bad(what + " is no object");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.contains(name)) {
                throw bad(what + " has '" + name + "', which nobody knows");
              }
            });
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_body", "The body cannot be used", detail)
        .hint(
            "send {\"rows\": [{\"entry\": \"2-17\", \"values\": {…}}, …]} with entries of GET"
                + " …/quarantine, at most "
                + MOST_ROWS
                + "; or {\"all\": true}")
        .toException();
  }
}
