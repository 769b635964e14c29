package dev.lakehouse.ingest.classify.kind;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of a text, and what stands between them. */
final class TextWords {
  /** How much may stand between a phrase and the word that it speaks of. */
  private static final int MOST_BETWEEN = 3;

  /** So many letters before a point are an initial or two. */
  private static final int LONGEST_INITIAL = 2;

  private static final char FIRST_GEORGIAN = '\u10A0';
  private static final char LAST_GEORGIAN = '\u10FF';

  private final String text;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int size;
  private final @Nullable String[] plain;

  TextWords(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      if (!FoldedText.isLetter(text.charAt(at))) {
        at++;
        continue;
      }
      int from = at;
      while (at < text.length() && (FoldedText.isLetter(text.charAt(at)) || isInner(at))) {
        at++;
      }
      add(from, at);
    }
    this.plain = new String[size];
  }

  private boolean isInner(int at) {
    char c = text.charAt(at);
    return (c == '\'' || c == '’' || c == '-' || c == '\u200c' || c == '\u200d')
        && at + 1 < text.length()
        && FoldedText.isLetter(text.charAt(at + 1));
  }

  private void add(int from, int to) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    starts[size] = from;
    ends[size++] = to;
  }

  int size() {
    return size;
  }

  int start(int at) {
    return starts[at];
  }

  int end(int at) {
    return ends[at];
  }

  String at(int at) {
    return text.substring(starts[at], ends[at]);
  }

  /** A word in small letters without accents. */
  String plain(int at) {
    String known = plain[at];
    if (known == null) {
      known = FoldedText.plain(at(at).toLowerCase(Locale.ROOT));
      plain[at] = known;
    }
    return known;
  }

  /** As {@link #phrase}, in small letters without accents. */
  String plainPhrase(int from, int to) {
    if (to == from + 1) {
      return plain(from);
    }
    StringBuilder phrase = new StringBuilder(plain(from));
    for (int i = from + 1; i < to; i++) {
      phrase.append(' ').append(plain(i));
    }
    return phrase.toString();
  }

  /** Words up to another one, with a space between them. */
  String phrase(int from, int to) {
    if (to == from + 1) {
      return at(from);
    }
    StringBuilder phrase = new StringBuilder(at(from));
    for (int i = from + 1; i < to; i++) {
      phrase.append(' ').append(text, starts[i], ends[i]);
    }
    return phrase.toString();
  }

  /** The last mark before a word, a space if there is none. */
  char mark(int at) {
    for (int i = starts[at] - 1; i >= 0 && (at == 0 || i >= ends[at - 1]); i--) {
      if (text.charAt(i) != ' ') {
        return text.charAt(i);
      }
    }
    return ' ';
  }

  /** Whether nothing but a space or a point and such stands before a word. */
  boolean isNear(int at) {
    int from = ends[at - 1];
    if (starts[at] - from > MOST_BETWEEN || isMarked(starts[at - 1] - 1)) {
      return false;
    }
    for (int i = from; i < starts[at]; i++) {
      if (" \u00a0.:：'’\"«“„(՝-/".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a word belongs to the one before it: one space between, or an initial's point. */
  boolean isJoined(int at) {
    int from = ends[at - 1];
    boolean space = starts[at] == from + 1 && isSpace(text.charAt(from));
    boolean initial =
        text.charAt(from) == '.'
            && from - starts[at - 1] <= LONGEST_INITIAL
            && (starts[at] == from + 1
                || (starts[at] == from + 2 && isSpace(text.charAt(from + 1))));
    return space || initial;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\u00a0';
  }

  /** Whether a word begins with a capital. */
  boolean isCased(int at) {
    return Character.isUpperCase(text.charAt(starts[at]));
  }

  /** Whether a word could be one of a name: a capital, or a script that has none but spaces. */
  boolean isNameLike(int at) {
    char first = text.charAt(starts[at]);
    if (isMarked(starts[at] - 1) || isMarked(ends[at])) {
      return false;
    }
    boolean georgian = first >= FIRST_GEORGIAN && first <= LAST_GEORGIAN;
    return Character.isUpperCase(first)
        || ((FoldedText.isJoining(first) || georgian) && ends[at] - starts[at] > 1);
  }

  /** Whether what stands at a place makes a word beside it a part of a number or an address. */
  private boolean isMarked(int at) {
    if (at < 0 || at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    return c == '@' || c == '_' || c == '/' || c == '=' || (c >= '0' && c <= '9');
  }

  /** Whether a word is written in capitals alone, as abbreviations are. */
  boolean isShouted(int at) {
    boolean initial = ends[at] < text.length() && text.charAt(ends[at]) == '.';
    if (!isCased(at) || (ends[at] - starts[at] == 1 && initial)) {
      return false;
    }
    for (int i = starts[at]; i < ends[at]; i++) {
      if (Character.isLowerCase(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
