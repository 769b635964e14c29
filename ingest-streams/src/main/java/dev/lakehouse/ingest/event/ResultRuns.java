package dev.lakehouse.ingest.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Results as they are kept for a retry: equal ones, and those whose offsets follow each other, are
 * one run, so that a long answer fits one record.
 */
final class ResultRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultRuns() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Run(
      int n,
      @Nullable Integer partition,
      @Nullable Long offset,
      @Nullable String code,
      @Nullable String detail) {

    boolean isFollowedBy(EventResult next) {
      boolean inOrder =
          offset == null
              ? next.offset() == null
              : next.offset() != null && next.offset() == offset + n;
      return inOrder
          && Objects.equals(partition, next.partition())
          && Objects.equals(code, next.code())
          && Objects.equals(detail, next.detail());
    }

    EventResult result(int i) {
      return offset == null || partition == null
          ? EventResult.rejected(String.valueOf(code), String.valueOf(detail))
          : EventResult.accepted(partition, offset + i);
    }
  }

  static String write(List<EventResult> results) {
    List<Run> runs = new ArrayList<>();
    for (EventResult next : results) {
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && last.isFollowedBy(next)) {
        runs.set(
            runs.size() - 1,
            new Run(last.n() + 1, last.partition(), last.offset(), last.code(), last.detail()));
      } else {
        runs.add(new Run(1, next.partition(), next.offset(), next.code(), next.detail()));
      }
    }
    try {
      return JSON.writeValueAsString(runs);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results can be written as JSON", e);
    }
  }

  static List<EventResult> read(String text) {
    try {
      List<EventResult> results = new ArrayList<>();
      for (Run run : JSON.readValue(text, Run[].class)) {
        for (int i = 0; i < run.n(); i++) {
          results.add(run.result(i));
        }
      }
      return results;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the results of events: " + text, e);
    }
  }
}
