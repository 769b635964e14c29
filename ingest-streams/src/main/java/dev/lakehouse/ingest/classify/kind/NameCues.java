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
      PHRASES.computeIfAbsent(key, any -> EnumSet.noneOf(NameCue.class)).add(cue);
    }
  }

  /** What a phrase is, its words set apart by one space each. */
  static Set<NameCue> of(String written) {
    Set<NameCue> plain = PHRASES.get(FoldedText.plain(written.toLowerCase(Locale.ROOT)));
    Set<NameCue> found = plain == null ? PHRASES.get("=" + written) : plain;
    return found == null ? NONE : found;
  }

  /** Whether a word is no name. */
  static boolean isStop(String word) {
    return STOPS.contains(FoldedText.plain(word.toLowerCase(Locale.ROOT)));
  }
}
