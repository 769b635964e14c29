package dev.lakehouse.ingest.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses a text's language from its script or from its most common small words. Says nothing
 * rather than something wrong.
 */
public final class Languages {
  private static final int LOOKED_AT = 4_000;
  private static final int FEWEST_WORDS = 4;
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private static final Map<String, String> SMALL_WORDS =
      Map.of(
          "en", "the of and to in is that for it with as was are this be by not which from have",
          "de", "der die und das ist nicht ein eine zu den mit von sich auf für dem des auch wird",
          "fr", "le la les et des un une est que dans pour pas qui sur au avec plus sont du ce",
          "es", "el la los y que en de un una es por con para las del no se su al como",
          "it", "il di che e la per un una non sono con del della le gli nel anche più si dei",
          "pt", "o os e que de do da um uma para com não em por na no dos se as mais",
          "nl", "de het een en van is dat niet op te zijn voor met die aan er ook maar om wordt");

  private static final Map<String, Map<String, Integer>> LANGUAGES_OF = new HashMap<>();

  static {
    SMALL_WORDS.forEach(
        (language, words) -> {
          for (String word : words.split(" ", -1)) {
            LANGUAGES_OF.computeIfAbsent(word, any -> new HashMap<>()).put(language, 1);
          }
        });
  }

  private Languages() {}

  /** ISO 639-1 code, or the empty string. */
  public static String of(String text) {
    String head = text.substring(0, Math.min(text.length(), LOOKED_AT));
    String script = script(head);
    return script.equals("latin") ? latin(head) : script;
  }

  private static String script(String text) {
    Map<Character.UnicodeScript, Integer> counts = new HashMap<>();
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetter(c)) {
        letters++;
        counts.merge(Character.UnicodeScript.of(c), 1, Integer::sum);
      }
    }
    int half = letters / 2;
    if (letters == 0) {
      return "";
    } else if (counts.getOrDefault(Character.UnicodeScript.LATIN, 0) > half) {
      return "latin";
    } else if (counts.getOrDefault(Character.UnicodeScript.HEBREW, 0) > half) {
      return "he";
    } else if (counts.getOrDefault(Character.UnicodeScript.ARABIC, 0) > half) {
      return text.chars().anyMatch(c -> "پچژگٹڈڑےۓ".indexOf(c) >= 0) ? "" : "ar";
    } else if (counts.getOrDefault(Character.UnicodeScript.GREEK, 0) > half) {
      return "el";
    } else if (counts.getOrDefault(Character.UnicodeScript.HANGUL, 0) > half) {
      return "ko";
    } else if (counts.getOrDefault(Character.UnicodeScript.THAI, 0) > half) {
      return "th";
    } else if (counts.getOrDefault(Character.UnicodeScript.HIRAGANA, 0)
            + counts.getOrDefault(Character.UnicodeScript.KATAKANA, 0)
        > letters / 10) {
      return "ja";
    }
    return "";
  }

  private static String latin(String text) {
    Map<String, Integer> counts = new HashMap<>();
    int words = 0;
    Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (word.find()) {
      words++;
      LANGUAGES_OF
          .getOrDefault(word.group(), Map.of())
          .forEach((language, one) -> counts.merge(language, one, Integer::sum));
    }
    String best = "";
    int most = 0;
    int second = 0;
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      if (count.getValue() > most) {
        second = most;
        most = count.getValue();
        best = count.getKey();
      } else {
        second = Math.max(second, count.getValue());
      }
    }
    boolean clear = most >= FEWEST_WORDS && most * 10 >= words && most * 4 >= second * 5;
    return clear ? best : "";
  }
}
