package dev.lakehouse.ingest.classify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Values as the texts that are looked at; the same from the log and from the table. */
final class LeafText {
  private LeafText() {}

  /** Whole numbers without a decimal point. */
  static String number(double number, Object value) {
    return number == Math.rint(number) && Math.abs(number) < 1e18
        ? Long.toString((long) number)
        : value.toString();
  }

  static String seconds(long epochSeconds) {
    return Instant.ofEpochSecond(epochSeconds).toString();
  }

  /** The text of bytes, empty where they are none. */
  static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException notText) {
      return "";
    }
  }
}
