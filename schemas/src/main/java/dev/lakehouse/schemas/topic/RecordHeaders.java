package dev.lakehouse.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers a record on {@code data.*} carries. All are UTF-8 text; a foreign producer may leave
 * them out.
 *
 * @param ingestId the ingest that produced the record
 * @param row row number in its source, from 1
 * @param operation {@code insert}, {@code upsert} or {@code delete}
 * @param sourcePosition where in the source, in the source's own terms ({@code sha256:…#row=7})
 * @param eventTime when it happened, or when the source was received if it does not say
 * @param traceparent W3C trace context
 */
public record RecordHeaders(
    String ingestId,
    long row,
    String operation,
    String sourcePosition,
    Instant eventTime,
    String traceparent) {
  public static final String INGEST_ID = "lakehouse.ingest-id";
  public static final String ROW = "lakehouse.row";
  public static final String OPERATION = "lakehouse.op";
  public static final String SOURCE_POSITION = "lakehouse.source-position";
  public static final String EVENT_TIME = "lakehouse.event-time";
  public static final String TRACEPARENT = "traceparent";

  /** Appends all six to a record about to be produced. */
  public void addTo(Headers headers) {
    headers
        .add(INGEST_ID, bytes(ingestId))
        .add(ROW, bytes(Long.toString(row)))
        .add(OPERATION, bytes(operation))
        .add(SOURCE_POSITION, bytes(sourcePosition))
        .add(EVENT_TIME, bytes(eventTime.toString()))
        .add(TRACEPARENT, bytes(traceparent));
  }

  /** One header's text, or empty if the producer did not send it. */
  public static Optional<String> read(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
