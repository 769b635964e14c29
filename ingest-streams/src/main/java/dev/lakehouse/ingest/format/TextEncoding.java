package dev.lakehouse.ingest.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a file's bytes are characters. The encoding that is said decides; else a byte-order mark;
 * else zeros in every other byte, which are UTF-16; else whether all is UTF-8; what is left is
 * taken for Windows-1252, or for Latin-1 where it has bytes that Windows-1252 does not.
 *
 * @param charset its name
 * @param bomBytes how many bytes at the start are its mark and no text
 */
public record TextEncoding(String charset, int bomBytes) {
  /** What is tried, in this order, where a file is not UTF-8. */
  public static final List<Charset> FALLBACKS =
      List.of(Charset.forName("windows-1252"), ISO_8859_1);

  private static final int BLOCK = 16 << 10;

  /** The share of zeros in every other byte that makes a text UTF-16. */
  private static final double ZEROS = 0.4;

  /** In fewer pairs of bytes than this every other one must be zero. */
  private static final int FEW_PAIRS = 8;

  /**
   * The encoding as far as the file's first bytes tell it; in the rest there may be bytes that it
   * has no character for.
   */
  public static TextEncoding of(FileHead head, Optional<Charset> said) {
    TextEncoding likely = likely(head);
    if (said.isPresent()) {
      return said(said.get(), likely);
    }
    return likely.isCertain()
        ? likely
        : candidates(likely)
            .filter(encoding -> encoding.decode(head).isPresent())
            .findFirst()
            .orElseGet(() -> new TextEncoding(ISO_8859_1.name(), 0));
  }

  /**
   * The encoding in which the whole file is text.
   *
   * @throws UnreadableFileException if the file is not text in the one that is said or marked
   */
  public static TextEncoding of(FileSource source, Optional<Charset> said) throws IOException {
    TextEncoding likely = likely(FileHead.of(source));
    if (said.isPresent() || likely.isCertain()) {
      TextEncoding encoding = said.map(charset -> said(charset, likely)).orElse(likely);
      if (!encoding.decodes(source)) {
        throw new UnreadableFileException(
            "not_text",
            "'" + source.name() + "' is not text in " + encoding.charset,
            "say the option encoding if it is unusual");
      }
      return encoding;
    }
    for (TextEncoding encoding : candidates(likely).toList()) {
      if (encoding.decodes(source)) {
        return encoding;
      }
    }
    throw new IllegalStateException("every byte is a character of " + ISO_8859_1);
  }

  private static TextEncoding said(Charset said, TextEncoding likely) {
    return likely.charset.startsWith(said.name()) ? likely : new TextEncoding(said.name(), 0);
  }

  private static Stream<TextEncoding> candidates(TextEncoding likely) {
    return Stream.concat(
        Stream.of(likely), FALLBACKS.stream().map(charset -> new TextEncoding(charset.name(), 0)));
  }

  /** What a mark or zeros say, else UTF-8. */
  static TextEncoding likely(FileHead head) {
    if (head.startsWith("\u00ef\u00bb\u00bf")) {
      return new TextEncoding(UTF_8.name(), 3);
    } else if (head.startsWith("\u00ff\u00fe")) {
      return new TextEncoding(UTF_16LE.name(), 2);
    } else if (head.startsWith("\u00fe\u00ff")) {
      return new TextEncoding(UTF_16BE.name(), 2);
    }
    return new TextEncoding(unmarked(head.bytes()).name(), 0);
  }

  private boolean isCertain() {
    return bomBytes > 0 || !charset.equals(UTF_8.name());
  }

  /** UTF-16 without a mark: of Latin text, and of digits and delimiters, one byte is zero. */
  private static Charset unmarked(byte[] head) {
    int pairs = head.length / 2;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < pairs * 2; i += 2) {
      even += head[i] == 0 ? 1 : 0;
      odd += head[i + 1] == 0 ? 1 : 0;
    }
    if (isWide(pairs, odd, even)) {
      return UTF_16LE;
    }
    return isWide(pairs, even, odd) ? UTF_16BE : UTF_8;
  }

  private static boolean isWide(int pairs, int zeros, int others) {
    return pairs > 1
        && (pairs < FEW_PAIRS ? zeros == pairs : zeros > pairs * ZEROS)
        && others < pairs / 20 + 1
        && others < zeros;
  }

  private CharsetDecoder decoder() {
    return Charset.forName(charset)
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * The text of the file's first bytes, or empty if they are none in this encoding; a character
   * that the head's end cuts through is left out.
   */
  public Optional<String> decode(FileHead head) {
    CharsetDecoder decoder = decoder();
    ByteBuffer in = ByteBuffer.wrap(head.bytes(), bomBytes, head.bytes().length - bomBytes);
    CharBuffer out = CharBuffer.allocate((int) (in.remaining() * decoder.maxCharsPerByte()) + 1);
    return decoder.decode(in, out, head.whole()).isError()
        ? Optional.empty()
        : Optional.of(out.flip().toString());
  }

  private boolean decodes(FileSource source) throws IOException {
    char[] block = new char[BLOCK];
    try (Reader text = open(source)) {
      while (text.read(block) >= 0) {}
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Opens the file's text behind its mark; bytes that are none are an exception. */
  public Reader open(FileSource source) throws IOException {
    InputStream in = source.open();
    try {
      in.skipNBytes(bomBytes);
      return new InputStreamReader(in, decoder());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
