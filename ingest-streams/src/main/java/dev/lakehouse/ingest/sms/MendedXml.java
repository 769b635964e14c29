package dev.lakehouse.ingest.sms;

import java.io.IOException;
import java.io.Reader;

/**
 * XML as Android apps write it, made into XML as the standard has it. An emoji is written as the
 * references of its two halves (those of U+D83D and U+DE0A, say), which no parser takes: they
 * become the character. Halves without their other half, and characters that XML has no way to
 * hold, become U+FFFD. The bytes of attachments (attributes {@code data}), which may be larger than
 * memory, are left out; a tag that is still larger than {@link #LONGEST_TAG} is refused.
 */
final class MendedXml extends Reader {
  /** In characters. */
  static final int LONGEST_TAG = 8 << 20;

  private static final int LONGEST_REFERENCE = 12;
  private static final char BAD = '\uFFFD';

  private enum In {
    TEXT,
    TAG,
    VALUE,
    DATA,
    COMMENT,
    CDATA,
    INSTRUCTION
  }

  /** A tag is too large to be a message. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("a message is longer than " + LONGEST_TAG + " characters");
    }
  }

  private final Reader in;
  private final char[] block = new char[16 << 10];
  private int at;
  private int end;
  private final StringBuilder ready = new StringBuilder();
  private int given;
  private In where = In.TEXT;
  private char quote;
  private final StringBuilder name = new StringBuilder();
  private int inTag;

  MendedXml(Reader in) {
    this.in = in;
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    while (ready.length() - given < length) {
      if (given == ready.length()) {
        ready.setLength(0);
        given = 0;
      }
      if (!step()) {
        break;
      }
    }
    int count = Math.min(length, ready.length() - given);
    if (count == 0 && length > 0) {
      return -1;
    }
    ready.getChars(given, given + count, into, from);
    given += count;
    return count;
  }

  private int next() throws IOException {
    if (at == end) {
      end = in.read(block, 0, block.length);
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return block[at++];
  }

  /** The characters ahead, at most so many, without taking them. */
  private String ahead(int most) throws IOException {
    if (end - at < most) {
      System.arraycopy(block, at, block, 0, end - at);
      end -= at;
      at = 0;
      while (end < most) {
        int read = in.read(block, end, block.length - end);
        if (read <= 0) {
          break;
        }
        end += read;
      }
    }
    return new String(block, at, Math.min(most, end - at));
  }

  /** Takes a character or a reference; whether there was one. */
  private boolean step() throws IOException {
    int c = next();
    if (c < 0) {
      return false;
    }
    switch (where) {
      case TEXT -> text((char) c);
      case TAG -> tag((char) c);
      case VALUE -> value((char) c);
      case DATA -> {
        if (c == quote) {
          where = In.TAG;
          put((char) c);
        }
      }
      case COMMENT -> until((char) c, "-->");
      case CDATA -> until((char) c, "]]>");
      case INSTRUCTION -> until((char) c, "?>");
    }
    return true;
  }

  private void text(char c) throws IOException {
    if (c == '&') {
      reference();
      return;
    }
    put(c);
    if (c == '<') {
      inTag = 0;
      String ahead = ahead(8);
      where =
          ahead.startsWith("!--")
              ? In.COMMENT
              : ahead.startsWith("![CDATA[")
                  ? In.CDATA
                  : ahead.startsWith("?") ? In.INSTRUCTION : In.TAG;
      name.setLength(0);
    }
  }

  private void tag(char c) throws IOException {
    put(c);
    if (c == '>') {
      where = In.TEXT;
    } else if (c == '"' || c == '\'') {
      quote = c;
      where = name.toString().equals("data") ? In.DATA : In.VALUE;
      name.setLength(0);
    } else if (Character.isWhitespace(c)) {
      name.setLength(0);
    } else if (c != '=' && name.length() < LONGEST_REFERENCE) {
      name.append(c);
    }
    count();
  }

  private void value(char c) throws IOException {
    if (c == '&') {
      reference();
    } else {
      put(c);
      if (c == quote) {
        where = In.TAG;
      }
    }
    count();
  }

  private void count() throws TooLong {
    if (++inTag > LONGEST_TAG) {
      throw new TooLong();
    }
  }

  private void until(char c, String mark) throws IOException {
    put(c);
    if (c == mark.charAt(0) && ahead(mark.length() - 1).equals(mark.substring(1))) {
      for (int i = 1; i < mark.length(); i++) {
        put((char) next());
      }
      where = In.TEXT;
    }
  }

  private void put(char c) throws IOException {
    boolean legal = c >= ' ' ? c < '\uFFFE' : c == '\t' || c == '\n' || c == '\r';
    if (Character.isHighSurrogate(c)) {
      String low = ahead(1);
      if (low.isEmpty() || !Character.isLowSurrogate(low.charAt(0))) {
        ready.append(BAD);
        return;
      }
      ready.append(c).append((char) next());
      return;
    }
    ready.append(legal && !Character.isLowSurrogate(c) ? c : BAD);
  }

  /** Behind an ampersand. */
  private void reference() throws IOException {
    String first = numeric(ahead(LONGEST_REFERENCE));
    if (first.isEmpty()) {
      ready.append('&');
      return;
    }
    int character = number(first);
    skip(first.length());
    if (character >= Character.MIN_HIGH_SURROGATE && character <= Character.MAX_HIGH_SURROGATE) {
      String ahead = ahead(LONGEST_REFERENCE + 1);
      String second = ahead.startsWith("&") ? numeric(ahead.substring(1)) : "";
      int low = second.isEmpty() ? 0 : number(second);
      if (low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE) {
        skip(second.length() + 1);
        ready.append((char) character).append((char) low);
        return;
      }
    }
    if (isLegal(character)) {
      ready.append('&').append(first);
    } else {
      ready.append(BAD);
    }
  }

  private void skip(int characters) throws IOException {
    for (int i = 0; i < characters; i++) {
      next();
    }
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < Character.MIN_SURROGATE)
        || (c > Character.MAX_SURROGATE && c < 0xFFFE)
        || (c > 0xFFFF && c <= Character.MAX_CODE_POINT);
  }

  /** The numeric reference without its ampersand that the text begins with, or nothing. */
  private static String numeric(String text) {
    if (!text.startsWith("#")) {
      return "";
    }
    boolean hex = text.startsWith("#x");
    int i = hex ? 2 : 1;
    int digits = i;
    while (i < text.length()
        && Character.digit(text.charAt(i), hex ? 16 : 10) >= 0
        && text.charAt(i) < 128) {
      i++;
    }
    return i > digits && i < text.length() && text.charAt(i) == ';' ? text.substring(0, i + 1) : "";
  }

  /** At most eight digits, so it fits a long. */
  private static int number(String reference) {
    boolean hex = reference.startsWith("#x");
    long number =
        Long.parseLong(reference.substring(hex ? 2 : 1, reference.length() - 1), hex ? 16 : 10);
    return number > Character.MAX_CODE_POINT ? -1 : (int) number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
