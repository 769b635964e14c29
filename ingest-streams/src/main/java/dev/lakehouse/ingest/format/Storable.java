package dev.lakehouse.ingest.format;

/** Text as every system behind can keep it. */
public final class Storable {
  private Storable() {}

  /** The text without zeros; halves of a pair, which no encoding can write, are U+FFFD. */
  public static String of(String text) {
    boolean fine = true;
    for (int i = 0; i < text.length() && fine; i++) {
      fine = text.charAt(i) != 0 && !Character.isSurrogate(text.charAt(i));
    }
    if (fine) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c != 0)
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }
}
