package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.format.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A file's text as bytes of UTF-8 without a byte-order mark. UTF-16 and UTF-32 are known by their
 * mark, or by where their first characters have zero bytes (RFC 4627, section 3).
 */
final class Utf8Text extends InputStream {
  private static final int CHUNK = 8192;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private final CharBuffer chars = CharBuffer.allocate(CHUNK);
  private ByteBuffer ready = ByteBuffer.allocate(0);
  private boolean ended;
  private boolean broken;

  private Utf8Text(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * Opens the text. Where it is UTF-8 already, its bytes are as they are, valid or not; elsewhere
   * reading fails with {@link CharacterCodingException} behind the last valid character.
   */
  static InputStream open(FileSource source) throws IOException {
    PushbackInputStream in = new PushbackInputStream(source.open(), 4);
    try {
      byte[] head = in.readNBytes(4);
      int mark = markLength(head);
      in.unread(head, mark, head.length - mark);
      Charset charset = charset(head);
      return charset.equals(StandardCharsets.UTF_8) ? in : new Utf8Text(in, charset);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static Charset charset(byte[] head) {
    int b0 = at(head, 0);
    int b1 = at(head, 1);
    int b2 = at(head, 2);
    int b3 = at(head, 3);
    if (head.length == 4 && b0 == 0 && b1 == 0 && (b2 == 0 || (b2 == 0xFE && b3 == 0xFF))) {
      return Charset.forName("UTF-32BE");
    } else if (head.length == 4 && b2 == 0 && b3 == 0 && (b1 == 0 || (b0 == 0xFF && b1 == 0xFE))) {
      return Charset.forName("UTF-32LE");
    } else if ((b0 == 0xFE && b1 == 0xFF) || (b0 == 0 && b1 > 0)) {
      return StandardCharsets.UTF_16BE;
    } else if ((b0 == 0xFF && b1 == 0xFE) || (b0 > 0 && b1 == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }

  private static int markLength(byte[] head) {
    int b0 = at(head, 0);
    int b1 = at(head, 1);
    int b2 = at(head, 2);
    int b3 = at(head, 3);
    if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
      return 3;
    } else if ((b0 == 0 && b1 == 0 && b2 == 0xFE && b3 == 0xFF)
        || (b0 == 0xFF && b1 == 0xFE && b2 == 0 && b3 == 0)) {
      return 4;
    }
    return (b0 == 0xFE && b1 == 0xFF) || (b0 == 0xFF && b1 == 0xFE) ? 2 : 0;
  }

  private static int at(byte[] head, int i) {
    return i < head.length ? head[i] & 0xFF : -1;
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    if (most == 0) {
      return 0;
    } else if (!fill()) {
      return -1;
    }
    int count = Math.min(most, ready.remaining());
    ready.get(to, from, count);
    return count;
  }

  /** Whether there is a byte. */
  private boolean fill() throws IOException {
    while (!ready.hasRemaining()) {
      if (broken) {
        throw new CharacterCodingException();
      } else if (ended) {
        return false;
      }
      decode();
    }
    return true;
  }

  private void decode() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(0, read)).flip();
    chars.clear();
    broken = decoder.decode(bytes, chars, ended).isError();
    chars.flip();
    ready = StandardCharsets.UTF_8.encode(chars);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
