package dev.lakehouse.jobs.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Reads text without decoding it, after checking that it is UTF-8: engines refuse what is not. */
final class TextReader implements ValueReader {
  private final boolean reuse;
  private @Nullable Utf8 last;

  TextReader(boolean reuse) {
    this.reuse = reuse;
  }

  @Override
  public Utf8 read(BinaryDecoder in) throws IOException {
    Utf8 text = in.readString(reuse ? last : null);
    last = text;
    byte[] bytes = text.getBytes();
    int length = text.getByteLength();
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        check(bytes, i, length - i);
        break;
      }
    }
    return text;
  }

  private static void check(byte[] bytes, int from, int length) throws IOException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
    } catch (CharacterCodingException e) {
      throw new IOException("a text is not UTF-8", e);
    }
  }
}
