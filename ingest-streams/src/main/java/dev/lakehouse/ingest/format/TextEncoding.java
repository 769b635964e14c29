package dev.lakehouse.ingest.format;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/**
 * How a file's bytes are characters.
 *
 * @param charset its name
 * @param bomBytes how many bytes at the start are its mark and no text
 */
public record TextEncoding(String charset, int bomBytes) {
  private static final Charset FALLBACK = Charset.forName("windows-1252");
  private static final int BLOCK = 16 << 10;

  /**
   * The encoding that is said; else the one that a byte-order mark says; else UTF-16 where nearly
   * every other byte is zero; else UTF-8 if the whole file is that; else Windows-1252.
   *
   * @throws UnreadableFileException if the file is not text in it
   */
  public static TextEncoding of(FileSource source, Optional<Charset> said) throws IOException {
    TextEncoding marked = marked(FileHead.of(source));
    if (said.isPresent()) {
      boolean same = marked.charset.startsWith(said.get().name());
      TextEncoding encoding = same ? marked : new TextEncoding(said.get().name(), 0);
      return check(source, encoding);
    }
    if (marked.bomBytes > 0 || !marked.charset.equals(UTF_8.name())) {
      return check(source, marked);
    }
    return decodes(source, marked) ? marked : check(source, new TextEncoding(FALLBACK.name(), 0));
  }

  private static TextEncoding marked(FileHead head) {
    if (head.startsWith("\u00ef\u00bb\u00bf")) {
      return new TextEncoding(UTF_8.name(), 3);
    } else if (head.startsWith("\u00ff\u00fe")) {
      return new TextEncoding(UTF_16LE.name(), 2);
    } else if (head.startsWith("\u00fe\u00ff")) {
      return new TextEncoding(UTF_16BE.name(), 2);
    }
    return new TextEncoding(head.unmarked().name(), 0);
  }

  private static TextEncoding check(FileSource source, TextEncoding encoding) throws IOException {
    if (!decodes(source, encoding)) {
      throw new UnreadableFileException(
          "not_text",
          "'" + source.name() + "' is not text in " + encoding.charset,
          "say the option encoding if it is unusual");
    }
    return encoding;
  }

  private static boolean decodes(FileSource source, TextEncoding encoding) throws IOException {
    char[] block = new char[BLOCK];
    try (Reader text = encoding.open(source)) {
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
      return new InputStreamReader(
          in,
          Charset.forName(charset)
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
