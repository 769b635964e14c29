package dev.lakehouse.ingest.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.topic.RecordHeaders;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The headers of a file's rows. What is the same for all of them is made once; only row number and
 * source position are new for each.
 */
final class RowHeaders {
  private static final int MOST_DIGITS = 20;

  private final Header ingestId;
  private final Header operation;
  private final Header eventTime;
  private final Header traceparent;
  private final byte[] positionPrefix;
  private final byte[] digits = new byte[MOST_DIGITS];

  /**
   * @param operation what a row does to its table
   */
  RowHeaders(FileArrived file, String operation, String traceparent) {
    Headers same = new org.apache.kafka.common.header.internals.RecordHeaders();
    new RecordHeaders(file.getIngestId(), 0, operation, "", file.getArrivedAt(), traceparent)
        .addTo(same);
    this.ingestId = same.lastHeader(RecordHeaders.INGEST_ID);
    this.operation = same.lastHeader(RecordHeaders.OPERATION);
    this.eventTime = same.lastHeader(RecordHeaders.EVENT_TIME);
    this.traceparent = same.lastHeader(RecordHeaders.TRACEPARENT);
    this.positionPrefix = ("sha256:" + file.getSha256() + "#row=").getBytes(US_ASCII);
  }

  /** The headers of the row, in the order of {@link RecordHeaders}. */
  List<Header> of(long row) {
    int at = MOST_DIGITS;
    for (long rest = row; rest > 0; rest /= 10) {
      digits[--at] = (byte) ('0' + rest % 10);
    }
    byte[] number = Arrays.copyOfRange(digits, at, MOST_DIGITS);
    byte[] position = Arrays.copyOf(positionPrefix, positionPrefix.length + number.length);
    System.arraycopy(number, 0, position, positionPrefix.length, number.length);
    return List.of(
        ingestId,
        new RecordHeader(RecordHeaders.ROW, number),
        operation,
        new RecordHeader(RecordHeaders.SOURCE_POSITION, position),
        eventTime,
        traceparent);
  }
}
