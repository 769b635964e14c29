package dev.lakehouse.ingest.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event.
 *
 * @param status {@code accepted} or {@code rejected}
 * @param partition where it is, if accepted
 * @param offset where it is, if accepted
 * @param code why not, if rejected
 * @param detail why not, if rejected
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventResult(
    String status,
    @Nullable Integer partition,
    @Nullable Long offset,
    @Nullable String code,
    @Nullable String detail) {

  static EventResult accepted(int partition, long offset) {
    return new EventResult("accepted", partition, offset, null, null);
  }

  static EventResult rejected(String code, String detail) {
    return new EventResult("rejected", null, null, code, detail);
  }

  boolean isAccepted() {
    return status.equals("accepted");
  }
}
