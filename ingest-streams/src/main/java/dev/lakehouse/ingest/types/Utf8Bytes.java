package dev.lakehouse.ingest.types;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Encoder;

/** Text as bytes of UTF-8 in one buffer that is reused from text to text. */
public final class Utf8Bytes {
  /** A longer text is no value of a column. */
  public static final int MOST_CHARS = 1_000_000;

  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private ByteBuffer bytes = ByteBuffer.allocate(64);

  /**
   * Takes the text; false if it is longer than {@link #MOST_CHARS}, or holds half a character,
   * which UTF-8 has no bytes for.
   */
  public boolean take(char[] c, int from, int to) {
    if (to - from > MOST_CHARS) {
      return false;
    }
    int room = (to - from) * 3;
    if (bytes.capacity() < room) {
      bytes = ByteBuffer.allocate(Math.max(room, bytes.capacity() * 2));
    }
    bytes.clear();
    byte[] array = bytes.array();
    for (int i = from; i < to; i++) {
      if (c[i] >= 0x80) {
        encoder.reset();
        boolean whole = !encoder.encode(CharBuffer.wrap(c, from, to - from), bytes, true).isError();
        bytes.flip();
        return whole;
      }
      array[i - from] = (byte) c[i];
    }
    bytes.position(0).limit(to - from);
    return true;
  }

  /** Writes what was taken as an Avro string. */
  public void write(Encoder out) throws IOException {
    out.writeBytes(bytes.array(), 0, bytes.limit());
  }
}
