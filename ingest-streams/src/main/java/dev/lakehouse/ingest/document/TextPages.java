package dev.lakehouse.ingest.document;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * A text cut into pages: at each form feed, and where a page is longer than {@link #LONGEST}
 * characters at the end of a paragraph, else of a line, else of a word. The pages and the form
 * feeds between them are the whole text, unchanged.
 */
final class TextPages implements Closeable {
  /** Longest page, in characters. */
  static final int LONGEST = 32_000;

  private static final int BLOCK = 8 << 10;

  private final Reader text;
  private final StringBuilder waiting = new StringBuilder();
  private final char[] block = new char[BLOCK];
  private int searched;
  private boolean ended;
  private boolean any;

  TextPages(Reader text) {
    this.text = text;
  }

  /** The next page, or empty behind the last. */
  Optional<String> next() throws IOException {
    while (true) {
      int feed = waiting.indexOf("\f", searched);
      if (feed >= 0 && feed <= LONGEST) {
        return Optional.of(cut(feed, 1));
      }
      searched = waiting.length();
      if (waiting.length() > LONGEST) {
        return Optional.of(cut(end(), 0));
      }
      if (ended) {
        boolean last = !waiting.isEmpty() || !any;
        return last ? Optional.of(cut(waiting.length(), 0)) : Optional.empty();
      }
      int read = text.read(block);
      if (read < 0) {
        ended = true;
      } else {
        waiting.append(block, 0, read);
      }
    }
  }

  private String cut(int at, int dropped) {
    any = true;
    String page = waiting.substring(0, at);
    waiting.delete(0, at + dropped);
    searched = 0;
    return page;
  }

  private int end() {
    int paragraph = Math.max(after("\n\n"), after("\n\r\n"));
    if (paragraph > 0) {
      return paragraph;
    }
    int line = after("\n");
    if (line > 0) {
      return line;
    }
    int word = after(" ");
    if (word > 0) {
      return word;
    }
    return Character.isHighSurrogate(waiting.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
  }

  /** The place behind the last such mark in the page's second half, or 0. */
  private int after(String mark) {
    int at = waiting.lastIndexOf(mark, LONGEST - mark.length());
    return at < LONGEST / 2 ? 0 : at + mark.length();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
