package dev.lakehouse.ingest.classify.kind;

/**
 * What one pass over a text tells, so that rules which cannot match are not tried.
 *
 * @param digits how many there are
 * @param longestWord characters that stand together without a space, at most
 * @param capital whether there is a capital letter of any script
 * @param beyondLatin whether there are letters beyond the Latin, Greek and Cyrillic ones
 */
record TextLook(String text, int digits, int longestWord, boolean capital, boolean beyondLatin) {
  /** Scripts without capitals begin here. */
  private static final char BEYOND_LATIN = '\u0590';

  static TextLook of(String text) {
    int digits = 0;
    int longest = 0;
    int word = 0;
    boolean capital = false;
    boolean beyond = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      word = c <= ' ' ? 0 : word + 1;
      longest = Math.max(longest, word);
      capital |= (c >= 'A' && c <= 'Z') || (c > 127 && Character.isUpperCase(c));
      beyond |= c >= BEYOND_LATIN;
    }
    return new TextLook(text, digits, longest, capital, beyond);
  }

  /** Whether one of some parts stands in it as it is written. */
  boolean hasAny(String... parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
