package dev.lakehouse.ingest.classify.kind;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Map;

/**
 * A text made comparable, character by character, so that places stay where they are: digits of
 * every script and wide letters are those of ASCII, letters are small, and small without accents.
 */
final class FoldedText {
  private static final char[] ASCII = new char[1 << 16];
  private static final char[] LOWER = new char[1 << 16];
  private static final char[] PLAIN = new char[1 << 16];

  /** Of each letter in what way its script sets words apart; 0 of what is no letter. */
  private static final byte[] WRITING = new byte[1 << 16];

  private static final byte SPACED = 1;
  private static final byte JOINING = 2;
  private static final byte UNSPACED = 3;
  private static final char FIRST_JOINING = '\u0590';
  private static final char FIRST_UNSPACED = '\u2E80';
  private static final char WIDE = '\uFF01';
  private static final char LAST_WIDE = '\uFF5E';
  private static final int WIDE_OFFSET = 0xFEE0;

  /** What letters are taken for that do not decompose, or are written in several ways. */
  private static final Map<Character, Character> OTHER =
      Map.ofEntries(
          Map.entry('ı', 'i'),
          Map.entry('ł', 'l'),
          Map.entry('đ', 'd'),
          Map.entry('ð', 'd'),
          Map.entry('ø', 'o'),
          Map.entry('æ', 'a'),
          Map.entry('ß', 's'),
          Map.entry('ə', 'e'),
          Map.entry('ς', 'σ'),
          Map.entry('أ', 'ا'),
          Map.entry('إ', 'ا'),
          Map.entry('آ', 'ا'),
          Map.entry('ى', 'ي'),
          Map.entry('ی', 'ي'),
          Map.entry('ک', 'ك'),
          Map.entry('\u200c', ' '),
          Map.entry('\u00a0', ' '),
          Map.entry('\u3000', ' '),
          Map.entry('’', ' '));

  static {
    for (int i = 0; i < ASCII.length; i++) {
      char c = (char) i;
      char ascii = ascii(c);
      ASCII[i] = ascii;
      LOWER[i] = Character.toLowerCase(ascii);
      PLAIN[i] = plain(LOWER[i]);
      WRITING[i] = writing(ascii);
    }
  }

  private final String text;
  private final char[] lower;
  private final char[] plain;

  private FoldedText(String text) {
    this.text = text;
    this.lower = new char[text.length()];
    this.plain = new char[text.length()];
    for (int i = 0; i < lower.length; i++) {
      lower[i] = LOWER[text.charAt(i)];
      plain[i] = PLAIN[text.charAt(i)];
    }
  }

  static FoldedText of(String text) {
    return new FoldedText(text);
  }

  /** The text with the digits and wide characters of all scripts as those of ASCII. */
  static String withAsciiDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (ASCII[c] != c) {
        char[] all = text.toCharArray();
        for (int j = i; j < all.length; j++) {
          all[j] = ASCII[all[j]];
        }
        return new String(all);
      }
    }
    return text;
  }

  int length() {
    return plain.length;
  }

  String text() {
    return text;
  }

  char plain(int at) {
    return plain[at];
  }

  char lower(int at) {
    return lower[at];
  }

  boolean isLetter(int at) {
    return at >= 0 && at < plain.length && WRITING[plain[at]] != 0;
  }

  boolean isDigit(int at) {
    return at >= 0 && at < plain.length && plain[at] >= '0' && plain[at] <= '9';
  }

  boolean isLetterOrDigit(int at) {
    return isDigit(at) || (isLetter(at) && !isUnspaced(at));
  }

  /** Whether words of the letter's script stand side by side without a space. */
  boolean isUnspaced(int at) {
    return WRITING[plain[at]] == UNSPACED;
  }

  /** Whether words of the letter's script carry particles before and behind them. */
  boolean isJoining(int at) {
    return WRITING[plain[at]] == JOINING;
  }

  static boolean isJoining(char letter) {
    return WRITING[letter] == JOINING;
  }

  static boolean isUnspaced(char letter) {
    return WRITING[letter] == UNSPACED;
  }

  static boolean isLetter(char c) {
    return WRITING[c] != 0;
  }

  /** Whether a word begins here: behind no letter, or a capital behind a small letter. */
  boolean isWordStart(int at) {
    return !isLetter(at - 1)
        || isUnspaced(at - 1)
        || (Character.isUpperCase(text.charAt(at)) && Character.isLowerCase(text.charAt(at - 1)));
  }

  /** Small and without accents. */
  static String plain(String phrase) {
    char[] all = phrase.toCharArray();
    for (int i = 0; i < all.length; i++) {
      all[i] = PLAIN[all[i]];
    }
    return new String(all);
  }

  private static char ascii(char c) {
    if (c >= WIDE && c <= LAST_WIDE) {
      return (char) (c - WIDE_OFFSET);
    }
    int digit = c > 127 && Character.isDigit(c) ? Character.digit(c, 10) : -1;
    return digit >= 0 ? (char) ('0' + digit) : c;
  }

  private static char plain(char lower) {
    if (lower < 128) {
      return lower;
    }
    char other = OTHER.getOrDefault(lower, lower);
    if (other != lower) {
      return other;
    }
    if (lower >= FIRST_JOINING && !(lower >= '\u1E00' && lower <= '\u1FFF')) {
      return lower;
    }
    String bare = Normalizer.normalize(String.valueOf(lower), Form.NFD);
    return bare.isEmpty() ? lower : bare.charAt(0);
  }

  private static byte writing(char c) {
    boolean mark =
        Character.getType(c) == Character.NON_SPACING_MARK
            || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    if (!Character.isLetter(c) && !(mark && c >= FIRST_JOINING)) {
      return 0;
    }
    boolean southEast = (c >= '\u0E00' && c <= '\u0EFF') || (c >= '\u1000' && c <= '\u109F');
    if (southEast || (c >= '\u1780' && c <= '\u17FF') || c >= FIRST_UNSPACED) {
      return UNSPACED;
    }
    boolean armenianOrLess = c < FIRST_JOINING;
    boolean latinOrGreek = c >= '\u1E00' && c <= '\u1FFF';
    boolean georgian = c >= '\u10A0' && c <= '\u10FF';
    return armenianOrLess || latinOrGreek || georgian ? SPACED : JOINING;
  }
}
