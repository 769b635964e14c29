package dev.lakehouse.ingest.classify.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a word of any script is a known name, also with the ending of a case. */
final class KnownNames {
  /** Names in other scripts than the Latin, in small letters, as they are written. */
  private static final Set<String> OTHER_SCRIPTS = new HashSet<>();

  /** What names end in where a case's ending takes its place. */
  private static final List<String> ENDINGS =
      List.of(
          "", "a", "e", "o", "i", "as", "is", "us", "а", "я", "о", "й", "ь", "ο", "ος", "η", "ს");

  /** What Hebrew joins to the beginning of a name. */
  private static final String HEBREW_JOINED = "לבושמה";

  private static final int LEAST_STEM = 3;
  private static final int MOST_CUT = 4;
  private static final char LATIN_END = '\u0250';

  static {
    for (String line : Words.lines("names-of-scripts.txt")) {
      if (!line.startsWith("#")) {
        for (String name : line.split(" ", -1)) {
          OTHER_SCRIPTS.add(FoldedText.plain(name.toLowerCase(Locale.ROOT)));
        }
      }
    }
    OTHER_SCRIPTS.remove("");
  }

  private KnownNames() {}

  /** Whether it is a given name; in scripts without capitals also a surname. */
  static boolean isGiven(String word) {
    String bare = bare(word);
    if (bare.isEmpty()) {
      return false;
    }
    if (bare.charAt(0) >= LATIN_END && !isLatinExtended(bare.charAt(0))) {
      String lower = bare.toLowerCase(Locale.ROOT);
      return ScriptNames.isGiven(lower) || OTHER_SCRIPTS.contains(FoldedText.plain(lower));
    }
    String folded = Words.fold(bare);
    return PersonNames.isGiven(folded) && !NameWords.AMBIGUOUS.contains(folded);
  }

  /** Whether it is one that hardly ever is something else. */
  static boolean isFrequent(String word) {
    String bare = bare(word);
    if (bare.isEmpty()) {
      return false;
    }
    String folded = Words.fold(bare);
    boolean latin = bare.charAt(0) < LATIN_END || isLatinExtended(bare.charAt(0));
    return latin
        ? PersonNames.isFrequentGiven(folded) && !NameWords.AMBIGUOUS.contains(folded)
        : isGiven(word);
  }

  /** Whether it is a given name with the ending of a case. */
  static boolean isInflected(String word) {
    String bare = bare(word);
    if (bare.isEmpty() || isGiven(bare)) {
      return !bare.isEmpty();
    }
    if (HEBREW_JOINED.indexOf(bare.charAt(0)) >= 0 && isGiven(bare.substring(1))) {
      return true;
    }
    for (int cut = 1; cut <= MOST_CUT && bare.length() - cut >= LEAST_STEM; cut++) {
      String stem = bare.substring(0, bare.length() - cut);
      for (String ending : cut > 2 ? ENDINGS.subList(0, 1) : ENDINGS) {
        if (isFrequent(stem + ending)) {
          return true;
        }
      }
    }
    return false;
  }

  /** How surnames end in the Baltic languages, and those of women in Slavic ones. */
  private static final Pattern SURNAME =
      Pattern.compile(
          ".{3,}(?:iene|aite|yte|ute|auskas|inskas|evicius|avicius|kova|cova|lova|nova|rova|ikova|ska|cka|czyk)");

  /** Whether it is a surname, or looks as one. */
  static boolean isSurname(String word) {
    String bare = bare(word);
    return !bare.isEmpty()
        && (PersonNames.isSurname(Words.fold(bare))
            || SURNAME.matcher(Words.fold(bare)).matches()
            || ScriptNames.isSurname(bare)
            || isGiven(bare));
  }

  private static boolean isLatinExtended(char c) {
    return c >= '\u1E00' && c <= '\u1EFF';
  }

  /** Without what is joined to a name behind an apostrophe. */
  private static String bare(String word) {
    int mark = Math.max(word.indexOf('\''), word.indexOf('’'));
    return mark > 2 ? word.substring(0, mark) : word;
  }
}
