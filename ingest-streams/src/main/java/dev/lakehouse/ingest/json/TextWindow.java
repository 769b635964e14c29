package dev.lakehouse.ingest.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes UTF-8 strictly and remembers the characters from a given place on, so that a record's own
 * text can be had after it was parsed. What is remembered is bounded: of a longer text the first
 * part.
 */
final class TextWindow extends Reader {
  private static final int CHUNK = 8192;

  private final InputStream in;
  private final int mostKept;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private final CharBuffer chars = CharBuffer.allocate(CHUNK).flip();
  private char[] kept = new char[2 * CHUNK];
  private int keptLength;
  private long keptFrom;
  private char[] last = new char[0];
  private int lastLength;
  private long delivered;
  private long lines;
  private long lineStart;
  private boolean ended;
  private boolean broken;

  TextWindow(InputStream in, int mostKept) {
    this.in = in;
    this.mostKept = mostKept;
  }

  /** Forgets the characters before the place, counted from the text's first character. */
  void keepFrom(long place) {
    if (keptFrom + keptLength < delivered) {
      keptLength = 0;
      keptFrom = delivered - lastLength;
      append(last, 0, lastLength);
    }
    int drop = (int) Math.min(keptLength, Math.max(0, place - keptFrom));
    keptFrom += drop;
    keptLength -= drop;
    System.arraycopy(kept, drop, kept, 0, keptLength);
  }

  /** The text between two places, as far as it is remembered. */
  String text(long from, long to) {
    int start = (int) Math.min(keptLength, Math.max(0, from - keptFrom));
    int end = (int) Math.min(keptLength, Math.max(start, to - keptFrom));
    return new String(kept, start, end - start);
  }

  /** {@code line L, column C} of the first character that was not read yet. */
  String place() {
    return "line " + (lines + 1) + ", column " + (delivered - lineStart + 1);
  }

  /**
   * @throws CharacterCodingException behind the last valid character
   */
  @Override
  public int read(char[] to, int from, int most) throws IOException {
    while (!chars.hasRemaining()) {
      if (broken) {
        throw new CharacterCodingException();
      } else if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(most, chars.remaining());
    chars.get(to, from, count);
    keep(to, from, count);
    return count;
  }

  private void keep(char[] from, int start, int count) {
    if (keptFrom + keptLength == delivered) {
      append(from, start, count);
    }
    for (int i = start; i < start + count; i++) {
      if (from[i] == '\n') {
        lines++;
        lineStart = delivered + i - start + 1;
      }
    }
    delivered += count;
    if (last.length < count) {
      last = new char[count];
    }
    System.arraycopy(from, start, last, 0, count);
    lastLength = count;
  }

  private void append(char[] from, int start, int count) {
    int room = Math.min(count, mostKept - keptLength);
    if (keptLength + room > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(mostKept, Math.max(kept.length * 2, keptLength + room)));
    }
    System.arraycopy(from, start, kept, keptLength, room);
    keptLength += room;
  }

  private void decode() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(0, read)).flip();
    chars.clear();
    broken = decoder.decode(bytes, chars, ended).isError();
    chars.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
