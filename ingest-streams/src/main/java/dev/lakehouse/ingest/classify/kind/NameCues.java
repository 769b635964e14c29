package dev.lakehouse.ingest.classify.kind;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is said beside persons' names, from {@code cues-names.txt} beside this class: phrases of up
 * to four words. Case and accents do not matter, unless a phrase is written with {@code =}.
 */
final class NameCues {
  enum NameCue {
    /** How somebody is addressed; whatever follows is the name. */
    TITLE,
    /** Who somebody is; a name follows. */
    ROLE,
    /** What is done to somebody, or where; a known name follows, or one with a number behind it. */
    CALL,
    /** A greeting: the word behind it is a name if a mark ends it. */
    GREETING,
    /** How somebody is addressed, behind the name. */
    BEHIND,
    /** What somebody did, behind a known name. */
    ACTED,
    /** A word that is no name, however it is written. */
    STOP
  }

  static final int MOST_WORDS = 4;

  private static final Map<String, Set<NameCue>> PHRASES = new HashMap<>();
  private static final Set<String> STOPS = new HashSet<>();
  private static final Set<String> FIRST = new HashSet<>();
  private static final Set<String> LAST = new HashSet<>();
  private static final Set<NameCue> NONE = Set.of();

  static {
    NameCue cue = NameCue.STOP;
    for (String line : Words.lines("cues-names.txt")) {
      if (line.startsWith("[")) {
        cue = NameCue.valueOf(line.substring(1, line.indexOf(']')));
      } else if (!line.startsWith("#")) {
        for (String phrase : line.split(",", -1)) {
          add(phrase.strip(), cue);
        }
      }
    }
  }

  private NameCues() {}

  private static void add(String phrase, NameCue cue) {
    if (phrase.isEmpty()) {
      return;
    }
    String key =
        phrase.startsWith("=") ? phrase : FoldedText.plain(phrase.toLowerCase(Locale.ROOT));
    if (cue == NameCue.STOP) {
      STOPS.add(key);
    } else {
      String bare = FoldedText.plain(key.substring(key.startsWith("=") ? 1 : 0));
      String plain = bare.toLowerCase(Locale.ROOT);
      FIRST.add(plain.substring(0, plain.indexOf(' ') < 0 ? plain.length() : plain.indexOf(' ')));
      LAST.add(plain.substring(plain.lastIndexOf(' ') + 1));
      PHRASES.computeIfAbsent(key, any -> EnumSet.noneOf(NameCue.class)).add(cue);
    }
  }

  /**
   * What a phrase is, its words set apart by one space each.
   *
   * @param plain in small letters without accents
   */
  static Set<NameCue> of(String plain, String written) {
    Set<NameCue> any = PHRASES.get(plain);
    Set<NameCue> found = any == null ? PHRASES.get("=" + written) : any;
    return found == null ? NONE : found;
  }

  /** Whether a phrase begins with a plain word; most words begin none. */
  static boolean isFirst(String plain) {
    return FIRST.contains(plain);
  }

  /** Whether a phrase ends with a plain word; most words end none. */
  static boolean isLast(String plain) {
    return LAST.contains(plain);
  }

  /** Whether a plain word is no name. */
  static boolean isPlainStop(String plain) {
    return STOPS.contains(plain);
  }

  /** Whether a word is no name. */
  static boolean isStop(String word) {
    return STOPS.contains(FoldedText.plain(word.toLowerCase(Locale.ROOT)));
  }
}
