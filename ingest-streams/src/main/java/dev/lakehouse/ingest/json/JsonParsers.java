package dev.lakehouse.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.lakehouse.ingest.format.Misfit;

/** How JSON is parsed here: strictly by RFC 8259, within stated bounds. */
final class JsonParsers {
  /** Objects and arrays within one another. */
  static final int DEEPEST = 10_000;

  /** Characters of one record, and of one text or number in it. */
  static final int LONGEST = 16 << 20;

  private static final int LONGEST_NAME = 64 << 10;

  private JsonParsers() {}

  /** A factory of one reading's own, since it remembers the names that it meets. */
  static JsonFactory factory() {
    return new JsonFactoryBuilder()
        .recyclerPool(JsonRecyclerPools.threadLocalPool())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .rootValueSeparator((String) null)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(LONGEST)
                .maxNumberLength(LONGEST)
                .maxNameLength(LONGEST_NAME)
                .build())
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(DEEPEST + 1).build())
        .build();
  }

  /** What is wrong, without where. */
  static Misfit problem(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return new Misfit("json_truncated", "the text ends within a value");
    } else if (e instanceof StreamConstraintsException) {
      boolean deep = String.valueOf(e.getOriginalMessage()).contains("nesting depth");
      return deep
          ? new Misfit("json_too_deep", "values are nested deeper than " + DEEPEST)
          : new Misfit("json_too_large", "a text, a number or a name is too long");
    }
    return new Misfit("not_json", firstLine(String.valueOf(e.getOriginalMessage())));
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** {@code line L, column C}, the line counted from one that the parser takes for the first. */
  static String place(JsonLocation at, long firstLine) {
    return "line " + (at.getLineNr() + firstLine - 1) + ", column " + at.getColumnNr();
  }
}
