package dev.lakehouse.ingest.classify.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of persons, by lists of given names and surnames and by how surnames end. */
final class PersonNames {
  private static final Set<String> TITLES =
      Set.of(
          "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev",
          "herr", "frau", "m", "mme", "mlle", "sr", "sra", "srta", "don", "dona", "doña", "sig",
          "signora", "dott", "ing", "dipl", "mag", "univ", "hr", "fr", "dhr", "mevr", "pan", "pani",
          "shri", "smt", "dra", "med", "capt", "sgt", "lt", "col", "hon", "ir", "drs", "fru");
  private static final Set<String> SUFFIXES =
      Set.of(
          "jr", "sr", "ii", "iii", "iv", "phd", "md", "dds", "dvm", "esq", "msc", "ba", "bsc",
          "mba", "cpa", "rn");
  private static final Set<String> PARTICLES =
      Set.of(
          "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "do", "la",
          "le", "les", "du", "des", "ten", "ter", "zu", "zum", "zur", "af", "av", "bin", "ibn",
          "al", "el", "y", "e", "st", "san", "santa", "mac", "mc", "o", "abu", "ben", "bint",
          "vander", "t");
  private static final Set<String> NOT_NAMES =
      Set.of(
          "inc",
          "ltd",
          "llc",
          "gmbh",
          "corp",
          "co",
          "company",
          "ag",
          "plc",
          "sa",
          "srl",
          "bv",
          "the",
          "and",
          "of",
          "group",
          "sons",
          "bank",
          "airport",
          "municipal",
          "regional",
          "international",
          "county",
          "city",
          "school",
          "university",
          "college",
          "hospital",
          "street",
          "road",
          "avenue",
          "park",
          "lake",
          "river",
          "mount",
          "island",
          "bay",
          "north",
          "south",
          "east",
          "west",
          "center",
          "centre",
          "field",
          "station",
          "association",
          "services",
          "solutions",
          "systems",
          "hotel",
          "restaurant",
          "cafe",
          "store",
          "shop",
          "department",
          "office",
          "team",
          "club",
          "red",
          "blue",
          "green",
          "new",
          "old",
          "big",
          "little",
          "no",
          "yes",
          "in",
          "on",
          "at",
          "for",
          "to",
          "with",
          "by",
          "my",
          "your",
          "our",
          "is",
          "are",
          "not",
          "from",
          "into",
          "love",
          "night",
          "day",
          "life",
          "death",
          "world",
          "man",
          "woman",
          "boy",
          "girl",
          "king",
          "queen",
          "republic",
          "united",
          "states",
          "kingdom",
          "saint",
          "port",
          "fort",
          "beach",
          "heights",
          "springs",
          "falls",
          "valley",
          "hills",
          "creek",
          "village",
          "township",
          "district",
          "province",
          "region",
          "und",
          "et",
          "für",
          "pro",
          "plus",
          "max",
          "mini",
          "ultra",
          "oil",
          "tea",
          "coffee",
          "apple");
  private static final Pattern LATIN =
      Pattern.compile("[\\p{IsLatin}\\p{M}'’`.-]+(?:[ ,]+[\\p{IsLatin}\\p{M}'’`.-]+){0,5}");
  private static final Pattern ENDING =
      Pattern.compile(
          ".{3,}(?:ov|ova|ev|eva|sky|ski|ska|skiy|enko|chuk|vich|wicz|czyk|czak|son|sson|sen|dottir"
              + "|dóttir|nen|opoulos|poulos|idis|akis|oglu|yan|ian|dze|shvili|escu|eanu|ic|ez|stein"
              + "|berg|mann|ström|qvist|gren|blad|elli|etti|ini|ucci|aux|eau|ault)");

  /** Who somebody is, in brackets behind the name. */
  private static final Pattern ROLE_BEHIND =
      Pattern.compile("\\s?\\([\\p{L}\\p{M} .'’/-]{1,30}\\)$");

  private PersonNames() {}

  /** The bits of the name signals of a value without digits. */
  static long signals(String given) {
    String value = given.endsWith(")") ? ROLE_BEHIND.matcher(given).replaceFirst("") : given;
    if (value.length() < 2 || value.length() > 60) {
      return 0;
    }
    char first = value.charAt(0);
    if (first > 0x02FF) {
      return ScriptNames.signals(value);
    }
    return LATIN.matcher(value).matches() ? latin(value) : 0;
  }

  private static long latin(String value) {
    boolean comma = value.indexOf(',') > 0;
    List<String> words = words(value);
    if (words.isEmpty() || words.size() > 5) {
      return 0;
    }
    for (String word : words) {
      if (NOT_NAMES.contains(word)) {
        return 0;
      }
    }
    if (!capitalised(value)) {
      return 0;
    }
    long shape = Signal.NAME_SHAPE.bit();
    if (words.size() == 1) {
      String word = words.get(0);
      return shape
          | (isFrequentGiven(word)
              ? Signal.NAME_GIVEN.bit()
              : isGiven(word) ? Signal.NAME_RARE.bit() : 0)
          | (isFrequentSurname(word) ? Signal.NAME_SURNAME.bit() : 0);
    }
    String one = words.get(0);
    String other = words.get(words.size() - 1);
    boolean forward = isGiven(one) && (isSurname(other) || initial(other));
    boolean backward = isGiven(other) && isSurname(one);
    boolean initials = initial(one) && isSurname(other);
    boolean turned = comma && words.stream().skip(1).anyMatch(PersonNames::isGiven);
    if (forward || backward || initials || turned) {
      return shape | Signal.NAME_FULL.bit();
    }
    boolean half =
        isGiven(one)
            || isGiven(other)
            || Words.SURNAMES.contains(other)
            || (ENDING.matcher(other).matches() && one.length() > 1);
    return shape | (half ? Signal.NAME_HALF.bit() : 0);
  }

  /** The words that carry a name: no titles, particles, suffixes or points. */
  private static List<String> words(String value) {
    List<String> words = new ArrayList<>(4);
    for (String part : value.split("[ ,]+", 0)) {
      String word = Words.fold(part).replace(".", "").replace("’", "'");
      if (!word.isEmpty()
          && !TITLES.contains(word)
          && !SUFFIXES.contains(word)
          && !PARTICLES.contains(word)) {
        words.add(word);
      }
    }
    return words;
  }

  private static boolean capitalised(String value) {
    String[] parts = value.split("[ ,]+", 0);
    boolean lower = true;
    boolean capital = true;
    for (String part : parts) {
      if (part.isEmpty()) {
        continue;
      }
      char c = part.charAt(0);
      boolean up = Character.isUpperCase(c);
      lower &= !up;
      capital &=
          up
              || PARTICLES.contains(Words.fold(part))
              || part.startsWith("d'")
              || part.startsWith("'");
    }
    return capital || (lower && parts.length <= 3);
  }

  private static boolean initial(String word) {
    return word.length() == 1;
  }

  static boolean isGiven(String word) {
    int hyphen = word.indexOf('-');
    return isFrequentGiven(word)
        || Words.MORE_GIVEN.contains(hyphen > 1 ? word.substring(0, hyphen) : word);
  }

  static boolean isFrequentGiven(String word) {
    int hyphen = word.indexOf('-');
    return Words.GIVEN.contains(word)
        || (hyphen > 1 && Words.GIVEN.contains(word.substring(0, hyphen)));
  }

  /** Whether it is a surname beside a given name: also rarer ones are believed then. */
  static boolean isSurname(String word) {
    return isFrequentSurname(word) || Words.MORE_SURNAMES.contains(word.replace("'", ""));
  }

  static boolean isFrequentSurname(String word) {
    String bare = word.replace("'", "");
    if (Words.SURNAMES.contains(bare) || (bare.length() > 5 && ENDING.matcher(bare).matches())) {
      return true;
    }
    int hyphen = bare.indexOf('-');
    return hyphen > 1
        && (Words.SURNAMES.contains(bare.substring(0, hyphen))
            || Words.SURNAMES.contains(bare.substring(hyphen + 1)));
  }
}
