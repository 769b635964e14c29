package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Optional;

/**
 * The encoding of a file's text: a byte-order mark decides, then zeros in every other byte, then
 * whether all is UTF-8; what is left is taken for Windows-1252, or for Latin-1 where it has bytes
 * that Windows-1252 does not.
 */
record TextEncoding(Charset charset, int bomBytes) {
  /** What is tried, in this order, where a file is not UTF-8. */
  static final List<Charset> FALLBACKS = List.of(Charset.forName("windows-1252"), ISO_8859_1);

  static TextEncoding of(byte[] head, boolean whole, Optional<Charset> said) {
    TextEncoding marked = marked(head);
    if (said.isPresent()) {
      boolean same = marked.bomBytes > 0 && marked.charset.name().startsWith(said.get().name());
      return same ? marked : new TextEncoding(said.get(), 0);
    } else if (marked.bomBytes > 0) {
      return marked;
    }
    Optional<Charset> wide = wide(head);
    if (wide.isPresent()) {
      return new TextEncoding(wide.get(), 0);
    } else if (decodes(head, whole, UTF_8)) {
      return marked;
    }
    return new TextEncoding(
        FALLBACKS.stream()
            .filter(charset -> decodes(head, whole, charset))
            .findFirst()
            .orElse(ISO_8859_1),
        0);
  }

  private static TextEncoding marked(byte[] head) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return new TextEncoding(UTF_8, 3);
    } else if (startsWith(head, 0xFF, 0xFE)) {
      return new TextEncoding(UTF_16LE, 2);
    }
    return startsWith(head, 0xFE, 0xFF)
        ? new TextEncoding(UTF_16BE, 2)
        : new TextEncoding(UTF_8, 0);
  }

  private static boolean startsWith(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (head.length <= i || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** The share of zeros in every other byte that makes a text UTF-16. */
  private static final double ZEROS = 0.4;

  /** UTF-16 without a mark: of Latin text, and of digits and delimiters, one byte is zero. */
  private static Optional<Charset> wide(byte[] head) {
    int pairs = head.length / 2;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < pairs * 2; i += 2) {
      even += head[i] == 0 ? 1 : 0;
      odd += head[i + 1] == 0 ? 1 : 0;
    }
    if (pairs > 1 && odd > pairs * ZEROS && even < pairs / 20 + 1 && even < odd) {
      return Optional.of(UTF_16LE);
    } else if (pairs > 1 && even > pairs * ZEROS && odd < pairs / 20 + 1 && odd < even) {
      return Optional.of(UTF_16BE);
    }
    return Optional.empty();
  }

  private static boolean decodes(byte[] head, boolean whole, Charset charset) {
    try {
      decode(head, 0, whole, charset);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The text of the file's first bytes. */
  String decode(byte[] head, boolean whole) {
    try {
      return decode(head, bomBytes, whole, charset);
    } catch (CharacterCodingException e) {
      throw NotCsv.because("the bytes are not text in " + charset.name(), e);
    }
  }

  /** Decodes; a character that the sample's end cuts through is left out. */
  private static String decode(byte[] head, int skip, boolean whole, Charset charset)
      throws CharacterCodingException {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(head, skip, head.length - skip);
    CharBuffer out = CharBuffer.allocate((int) (in.remaining() * decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(in, out, whole);
    if (result.isError()) {
      result.throwException();
    }
    return out.flip().toString();
  }
}
