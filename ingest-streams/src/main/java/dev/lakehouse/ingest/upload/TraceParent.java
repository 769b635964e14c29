package dev.lakehouse.ingest.upload;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context of a request: the caller's if it sent a legal one, else a new one.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">the format</a>
 */
public final class TraceParent {
  private static final Pattern LEGAL =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceParent() {}

  /** The trace context for records that the request brings. */
  public static String of(@Nullable String given) {
    return given != null && LEGAL.matcher(given).matches() ? given : fresh();
  }

  private static String fresh() {
    return "00-" + hex(UUID.randomUUID()) + "-" + hex(UUID.randomUUID()).substring(16) + "-00";
  }

  private static String hex(UUID random) {
    return HexFormat.of()
        .formatHex(
            ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array());
  }
}
