package dev.lakehouse.ingest.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /catalog/datasets} as it came. */
record DeclarationBody(
    @JsonProperty("name") @Nullable String name,
    @JsonProperty("columns") @Nullable List<@Nullable Column> columns,
    @JsonProperty("keys") @Nullable List<@Nullable String> keys,
    @JsonProperty("partitions") @Nullable List<@Nullable Partition> partitions,
    @JsonProperty("sortOrder") @Nullable List<@Nullable Sort> sortOrder) {
  /** A column. */
  record Column(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("type") @Nullable String type,
      @JsonProperty("nullable") @Nullable Boolean nullable) {}

  /** A field of the partitioning. */
  record Partition(
      @JsonProperty("column") @Nullable String column,
      @JsonProperty("transform") @Nullable String transform) {}

  /** A field of the sort order. */
  record Sort(
      @JsonProperty("column") @Nullable String column,
      @JsonProperty("transform") @Nullable String transform,
      @JsonProperty("direction") @Nullable String direction,
      @JsonProperty("nulls") @Nullable String nulls) {}

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a body.
   *
   * @throws ProblemException 400 {@code bad_request} saying which member is wrong
   */
  static <T> T read(String body, Class<T> type, String members) {
    try {
      T read = JSON.readValue(body, type);
      if (read == null) {
        throw bad("the body is null", members);
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw bad("there is no member '" + path(e) + "'", members);
    } catch (MismatchedInputException e) {
      throw bad("the member '" + path(e) + "' has the wrong type", members);
    } catch (JsonProcessingException e) {
      throw bad("the body is no JSON object: " + e.getOriginalMessage(), members);
    }
  }

  private static String path(MismatchedInputException e) {
    String path =
        e.getPath().stream()
            .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : at.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "body" : path;
  }

  private static ProblemException bad(String detail, String members) {
    return Problem.of(400, "bad_request", "The request is not right", detail)
        .hint("members are " + members)
        .toException();
  }
}
