package dev.lakehouse.ingest.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * The first bytes of a file, by which it is recognised.
 *
 * @param name the file's own name
 * @param bytes at most {@link #BYTES}
 * @param whole whether they are the whole file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each head would be waste
public record FileHead(String name, byte[] bytes, boolean whole) {
  /** How many of the first bytes are looked at. */
  public static final int BYTES = 64 << 10;

  /** The head of the file. */
  public static FileHead of(FileSource source) throws IOException {
    try (InputStream in = source.open()) {
      byte[] bytes = in.readNBytes(BYTES);
      return new FileHead(source.name(), bytes, bytes.length < BYTES);
    }
  }

  /** Whether it begins with these bytes, given as the characters of their numbers. */
  public boolean startsWith(String magic) {
    return magic.length() <= bytes.length
        && new String(bytes, 0, magic.length(), ISO_8859_1).equals(magic);
  }

  /** The name's extension in lower case, or the empty string. */
  public String extension() {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * The head as text, without a byte-order mark: UTF-16 where a mark or every other byte being zero
   * says so, else UTF-8 with replacements.
   */
  public String text() {
    TextEncoding likely = TextEncoding.likely(this);
    return new String(
        bytes,
        likely.bomBytes(),
        bytes.length - likely.bomBytes(),
        Charset.forName(likely.charset()));
  }
}
