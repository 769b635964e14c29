package dev.lakehouse.ingest.classify.kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The phrases of the {@code cues-*.txt} and {@code illnesses.txt} beside this class, and where they
 * stand in a text. All are looked for in one pass.
 */
final class CueLexicon {
  /** A phrase at its place. */
  record Hit(Cue cue, int start, int end) {}

  /**
   * A phrase.
   *
   * @param pattern its characters; {@code *} is any letters, a space any of what stands between
   *     words
   * @param likeness in what it must be the same
   */
  private record Phrase(Cue cue, String pattern, Likeness likeness) {}

  private enum Likeness {
    /** Case and accents do not matter. */
    PLAIN,
    /** Accents are the same. */
    ACCENTS,
    /** Written just so. */
    WRITTEN
  }

  private static final List<String> FILES =
      List.of("cues-secrets.txt", "cues-persons.txt", "cues-health.txt", "illnesses.txt");
  private static final int BUCKETS = 1 << 13;
  private static final int MOST_LETTERS = 12;
  private static final int MOST_BETWEEN = 3;

  /** So many letters may be joined to a word's beginning in scripts that do so. */
  private static final int MOST_JOINED = 3;

  /** Shorter words carry nothing behind them, or it could not be told from other words. */
  private static final int LEAST_CARRYING = 5;

  private static final String JOINED = "وفبلكاسـהובלמשכ";

  /** By the first two characters, of phrases that begin where words do. */
  private static final Phrase[][] STARTING = new Phrase[BUCKETS][];

  /** The same of phrases that stand within words. */
  private static final Phrase[][] WITHIN = new Phrase[BUCKETS][];

  /** Shorter phrases are none within words of letters and digits. */
  private static final int LEAST_WITHIN = 4;

  private static final Phrase[] NONE = {};

  static {
    Map<String, Cue> phrases = new LinkedHashMap<>();
    FILES.forEach(file -> read(file, phrases));
    Map<Integer, List<Phrase>> starting = new HashMap<>();
    Map<Integer, List<Phrase>> within = new HashMap<>();
    phrases.forEach((written, cue) -> add(written, cue, starting, within));
    fill(starting, STARTING);
    fill(within, WITHIN);
  }

  private CueLexicon() {}

  /** The phrases of a text in its order, at each place the longest. */
  static List<Hit> find(FoldedText text) {
    List<Hit> hits = new ArrayList<>();
    int length = text.length();
    int at = 0;
    while (at < length) {
      Hit hit = text.isLetter(at) ? at(text, at) : null;
      if (hit == null) {
        at++;
      } else {
        hits.add(hit);
        at = hit.end();
      }
    }
    return hits;
  }

  private static @Nullable Hit at(FoldedText text, int at) {
    Hit best = null;
    if (text.isUnspaced(at)) {
      best = longest(text, at, STARTING[key(text.plain(at), ' ')], best);
    } else {
      int key = key(text, at);
      if (begins(text, at)) {
        best = longest(text, at, STARTING[key], best);
      }
      best = longest(text, at, WITHIN[key], best);
    }
    return best;
  }

  /** Whether a word begins, or does behind what is joined to it. */
  private static boolean begins(FoldedText text, int at) {
    if (text.isWordStart(at)) {
      return true;
    }
    int back = at - 1;
    while (text.isJoining(at)
        && back >= at - MOST_JOINED
        && back >= 0
        && JOINED.indexOf(text.plain(back)) >= 0) {
      if (text.isWordStart(back)) {
        return true;
      }
      back--;
    }
    return false;
  }

  private static @Nullable Hit longest(
      FoldedText text, int at, Phrase[] phrases, @Nullable Hit known) {
    Hit best = known;
    for (Phrase phrase : phrases) {
      int end = end(phrase, text, at);
      if (end > 0 && (best == null || end > best.end())) {
        best = new Hit(phrase.cue(), at, end);
      }
    }
    return best;
  }

  /** Where a phrase that stands at a place ends, 0 if it does not stand there. */
  private static int end(Phrase phrase, FoldedText text, int from) {
    String pattern = phrase.pattern();
    int length = text.length();
    int at = from;
    for (int i = 0; i < pattern.length(); i++) {
      char want = pattern.charAt(i);
      if (want == '*') {
        int most = Math.min(length, at + MOST_LETTERS);
        while (at < most && text.isLetter(at)) {
          at++;
        }
      } else if (want == ' ') {
        int most = Math.min(length, at + MOST_BETWEEN);
        int begin = at;
        while (at < most && isBetween(text.plain(at))) {
          at++;
        }
        if (at == begin) {
          return 0;
        }
      } else if (at < length && character(phrase, text, at) == want) {
        at++;
      } else {
        return 0;
      }
    }
    char last = pattern.charAt(pattern.length() - 1);
    boolean open =
        last == '*'
            || FoldedText.isUnspaced(last)
            || (FoldedText.isJoining(last) && pattern.length() >= LEAST_CARRYING);
    boolean cut = !open && FoldedText.isLetter(last) && text.isLetter(at) && !text.isUnspaced(at);
    return cut || (at - from < LEAST_WITHIN && isWithinCode(text, from, at)) ? 0 : at;
  }

  /** Whether letters stand within a word of letters and digits, as of keys. */
  private static boolean isWithinCode(FoldedText text, int from, int to) {
    return !text.isUnspaced(from)
        && (text.isLetterOrDigit(from - 1) || (to < text.length() && text.isDigit(to)));
  }

  private static char character(Phrase phrase, FoldedText text, int at) {
    return switch (phrase.likeness()) {
      case PLAIN -> text.plain(at);
      case ACCENTS -> text.lower(at);
      case WRITTEN -> text.text().charAt(at);
    };
  }

  private static boolean isBetween(char c) {
    return c == ' ' || c == '.' || c == '-' || c == '_' || c == '\'' || c == '/' || c == '\t'
        || c == '·' || c == '°' || c == 'º';
  }

  private static int key(FoldedText text, int at) {
    return key(text.plain(at), at + 1 < text.length() ? text.plain(at + 1) : ' ');
  }

  private static int key(char first, char second) {
    return (first * 31 + (FoldedText.isLetter(second) ? second : ' ')) & (BUCKETS - 1);
  }

  private static void read(String file, Map<String, Cue> phrases) {
    Cue cue = Cue.ILLNESS;
    for (String line : Words.lines(file)) {
      if (line.startsWith("[")) {
        cue = Cue.valueOf(line.substring(1, line.indexOf(']')));
      } else if (!line.startsWith("#")) {
        for (String phrase : line.split(",", -1)) {
          if (!phrase.isBlank()) {
            phrases.put(phrase.strip(), cue);
          }
        }
      }
    }
  }

  private static void add(
      String written,
      Cue cue,
      Map<Integer, List<Phrase>> starting,
      Map<Integer, List<Phrase>> within) {
    boolean exact = written.startsWith("=");
    boolean inner = written.startsWith("*");
    String bare = exact || inner ? written.substring(1) : written;
    boolean capitals = !bare.equals(bare.toLowerCase(Locale.ROOT));
    Likeness likeness = !exact ? Likeness.PLAIN : capitals ? Likeness.WRITTEN : Likeness.ACCENTS;
    String folded = exact ? bare : FoldedText.plain(bare);
    String pattern = folded.replaceAll("[ './_-]+", " ").strip();
    String plain = FoldedText.plain(pattern);
    char second = plain.length() > 1 ? plain.charAt(1) : ' ';
    boolean unspaced = FoldedText.isUnspaced(plain.charAt(0));
    int key = key(plain.charAt(0), unspaced ? ' ' : second);
    (inner ? within : starting)
        .computeIfAbsent(key, any -> new ArrayList<>())
        .add(new Phrase(cue, pattern, likeness));
  }

  private static void fill(Map<Integer, List<Phrase>> found, Phrase[][] table) {
    for (int i = 0; i < table.length; i++) {
      table[i] = found.getOrDefault(i, List.of()).toArray(NONE);
    }
  }
}
