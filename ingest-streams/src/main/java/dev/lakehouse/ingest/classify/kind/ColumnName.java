package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What a column's name says of its kind, in many languages. */
public final class ColumnName {
  /** How much a name says. */
  public enum Hint {
    /** Nothing, or that it is something else. */
    NONE,
    /** The values have to say it too. */
    WEAK,
    /** The name is enough where the values can be of the kind. */
    STRONG
  }

  private record Phrase(PersonalKind kind, Hint hint, List<String> words, String joined) {}

  private static final Pattern SPLIT =
      Pattern.compile(
          "(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|[^\\p{L}\\p{M}\\p{N}]+"
              + "|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");
  private static final Pattern MEANINGLESS =
      Pattern.compile(
          "(c|col|column|f|field|attr|attribute|var|v|x|y|value|val|data|text|str|string|unnamed|a|b|spalte|colonne|columna|item|key|k|q|feature|misc|info|wert|valeur|valor)?("
              + " ?\\d+)?");

  /** Joined words this short are found at any place of a name, so they must be words alone. */
  private static final int SHORTEST_WITHIN = 6;

  /** Scripts from here on are written without spaces between words. */
  private static final char EAST = '\u2E80';

  private static final int SHORTEST_CUT = 4;
  private static final int SHORTEST_CUT_ALONE = 6;
  private static final Set<PersonalKind> CHECKED =
      EnumSet.of(
          PersonalKind.EMAIL,
          PersonalKind.PHONE,
          PersonalKind.CARD_NUMBER,
          PersonalKind.SALARY,
          PersonalKind.DATE_OF_BIRTH,
          PersonalKind.IP_ADDRESS,
          PersonalKind.POSTAL_CODE);

  /** Cues that are enough for a column whose whole name they are. */
  private static final Set<Cue> SAYING =
      EnumSet.of(Cue.PASSWORD, Cue.ID, Cue.BORN, Cue.PAY, Cue.BLOOD, Cue.ALLERGY);

  private static final List<Phrase> PHRASES = new ArrayList<>();
  private static final Map<PersonalKind, List<Phrase>> AGAINST = new EnumMap<>(PersonalKind.class);
  private static final Set<String> META = new HashSet<>();
  private static final List<List<String>> THINGS = new ArrayList<>();

  /** Names that were read lately; what a name says takes a while to find out. */
  private static final Map<String, ColumnName> KNOWN = new ConcurrentHashMap<>();

  private static final int MOST_KNOWN = 10_000;
  private static final Set<String> WHEN = Set.of("date", "data", "dt", "day", "year", "month");

  static {
    Words.lines("column-names.txt").stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(ColumnName::read);
  }

  /** How words are shortened in names of columns. */
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("nbr", "number"),
          Map.entry("nmbr", "number"),
          Map.entry("num", "number"),
          Map.entry("no", "number"),
          Map.entry("nm", "name"),
          Map.entry("nam", "name"),
          Map.entry("addr", "address"),
          Map.entry("adr", "address"),
          Map.entry("addrs", "address"),
          Map.entry("adrs", "address"),
          Map.entry("ln", "line"),
          Map.entry("dt", "date"),
          Map.entry("dte", "date"),
          Map.entry("acct", "account"),
          Map.entry("acc", "account"),
          Map.entry("cust", "customer"),
          Map.entry("cst", "customer"),
          Map.entry("emp", "employee"),
          Map.entry("ee", "employee"),
          Map.entry("pat", "patient"),
          Map.entry("pt", "patient"),
          Map.entry("sal", "salary"),
          Map.entry("slry", "salary"),
          Map.entry("ann", "annual"),
          Map.entry("mth", "monthly"),
          Map.entry("mthly", "monthly"),
          Map.entry("hrly", "hourly"),
          Map.entry("grs", "gross"),
          Map.entry("ph", "phone"),
          Map.entry("phn", "phone"),
          Map.entry("mob", "mobile"),
          Map.entry("mbl", "mobile"),
          Map.entry("lic", "license"),
          Map.entry("pwd", "password"),
          Map.entry("pw", "password"),
          Map.entry("pswd", "password"),
          Map.entry("usr", "user"),
          Map.entry("brth", "birth"),
          Map.entry("bth", "birth"),
          Map.entry("cd", "code"),
          Map.entry("pstl", "postal"),
          Map.entry("frst", "first"),
          Map.entry("fst", "first"),
          Map.entry("lst", "last"),
          Map.entry("mdl", "middle"),
          Map.entry("diag", "diagnosis"),
          Map.entry("dx", "diagnosis"),
          Map.entry("presc", "prescription"),
          Map.entry("natl", "national"),
          Map.entry("nat", "national"),
          Map.entry("soc", "social"),
          Map.entry("sec", "security"),
          Map.entry("ident", "identification"),
          Map.entry("crd", "card"),
          Map.entry("cr", "credit"),
          Map.entry("eml", "email"),
          Map.entry("secr", "secret"),
          Map.entry("tok", "token"),
          Map.entry("priv", "private"));

  private final Map<PersonalKind, Hint> hints = new EnumMap<>(PersonalKind.class);
  private final Set<PersonalKind> denied = new HashSet<>();
  private final boolean meaningless;
  private final boolean meta;
  private final boolean thing;
  private final List<String> words;

  /** The words with umlauts that were written with an e as plain vowels. */
  private final List<String> unspelled;

  /** The words with those written out that are shortened. */
  private final List<String> written;

  private ColumnName(String name) {
    this.words = words(name);
    this.unspelled = words.stream().map(word -> word.replaceAll("([aou])e", "$1")).toList();
    this.written = words.stream().map(word -> SHORT.getOrDefault(word, word)).toList();
    String spaced = String.join(" ", words);
    this.meaningless = MEANINGLESS.matcher(spaced).matches();
    this.meta =
        !words.isEmpty()
            && (META.contains(words.get(words.size() - 1)) || META.contains(words.get(0)));
    String joined = String.join("", words);
    this.thing =
        THINGS.stream()
            .anyMatch(
                of ->
                    contains(words, of)
                        || (of.get(0).charAt(0) > EAST && joined.contains(of.get(0))));
    for (Phrase phrase : PHRASES) {
      if (isIn(phrase, joined)) {
        hints.merge(phrase.kind(), hint(phrase), (a, b) -> a.compareTo(b) >= 0 ? a : b);
      }
    }
    if (!meaningless) {
      cues(name);
    }
    AGAINST.forEach(
        (kind, phrases) -> {
          if (!meaningless
              && phrases.stream().anyMatch(phrase -> contains(words, phrase.words()))
              && !wholly(kind)) {
            denied.add(kind);
          }
        });
  }

  /**
   * Takes the phrases for hints that are said in texts before such values, where the name says
   * nothing of their kind otherwise: strong if the name is such a phrase, else weak.
   */
  private void cues(String name) {
    for (CueLexicon.Hit hit : CueLexicon.find(FoldedText.of(name))) {
      PersonalKind kind = kind(hit.cue());
      if (kind != PersonalKind.NONE && !meta && !thing) {
        boolean whole =
            hit.start() == 0 && hit.end() == name.length() && SAYING.contains(hit.cue());
        hints.putIfAbsent(kind, whole ? Hint.STRONG : Hint.WEAK);
      }
    }
  }

  private static PersonalKind kind(Cue cue) {
    return switch (cue) {
      case PASSWORD, PIN -> PersonalKind.CREDENTIALS;
      case ID -> PersonalKind.NATIONAL_ID;
      case BORN -> PersonalKind.DATE_OF_BIRTH;
      case PHONE -> PersonalKind.PHONE;
      case PAY -> PersonalKind.SALARY;
      case BLOOD, ALLERGY, DIAGNOSIS -> PersonalKind.MEDICAL;
      default -> PersonalKind.NONE;
    };
  }

  /** Reads a column's name; of a leaf its dotted path. */
  public static ColumnName of(String name) {
    ColumnName known = KNOWN.get(name);
    if (known == null) {
      if (KNOWN.size() >= MOST_KNOWN) {
        KNOWN.clear();
      }
      known = new ColumnName(name);
      KNOWN.put(name, known);
    }
    return known;
  }

  /** What the name says of a kind. */
  public Hint hint(PersonalKind kind) {
    return denied.contains(kind) ? Hint.NONE : hints.getOrDefault(kind, Hint.NONE);
  }

  /** Whether the name says that the column is about such a thing, or another thing of that name. */
  public boolean denies(PersonalKind kind) {
    return denied.contains(kind);
  }

  /** Whether the name says nothing at all ({@code c1}, {@code field_7}). */
  public boolean meaningless() {
    return meaningless;
  }

  /** Whether the name says that the column numbers things: goods, orders, documents of trade. */
  public boolean isThing() {
    return thing;
  }

  /** Whether the name is one of these words, or has it as one of its own. */
  public boolean has(String... any) {
    for (String word : any) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private Hint hint(Phrase phrase) {
    boolean whole = phrase.words().equals(words) || phrase.joined().equals(String.join("", words));
    if (whole) {
      return phrase.hint();
    }
    String last = words.get(words.size() - 1);
    boolean about =
        (META.contains(last) && !phrase.words().contains(last))
            || (META.contains(words.get(0)) && !phrase.words().contains(words.get(0)));
    boolean aside = about && !endsWith(phrase.words()) && phrase.kind() != PersonalKind.PERSON_NAME;
    boolean before =
        META.contains(words.get(0))
            && !phrase.words().contains(words.get(0))
            && !(phrase.kind() == PersonalKind.DATE_OF_BIRTH && WHEN.contains(words.get(0)));
    boolean hard = words.get(0).equals("is") || words.get(0).equals("has");
    return aside || hard ? Hint.NONE : before ? Hint.WEAK : phrase.hint();
  }

  private boolean endsWith(List<String> phrase) {
    int from = words.size() - phrase.size();
    return from >= 0 && words.subList(from, words.size()).equals(phrase);
  }

  private boolean wholly(PersonalKind kind) {
    return PHRASES.stream()
        .anyMatch(
            phrase ->
                phrase.kind() == kind
                    && phrase.hint() == Hint.STRONG
                    && phrase.words().equals(words));
  }

  private boolean isIn(Phrase phrase, String joined) {
    if (contains(words, phrase.words())
        || contains(unspelled, phrase.words())
        || (phrase.words().size() > 1 && contains(written, phrase.words()))
        || isCutOff(phrase)) {
      return true;
    }
    char first = phrase.joined().charAt(0);
    if (first > EAST) {
      return joined.contains(phrase.joined());
    }
    return phrase.joined().equals(joined)
        || (phrase.hint() == Hint.STRONG
            && phrase.joined().length() >= SHORTEST_WITHIN
            && words.stream()
                .anyMatch(
                    word ->
                        word.length() > phrase.joined().length()
                            && (word.startsWith(phrase.joined())
                                || word.endsWith(phrase.joined()))));
  }

  /**
   * Whether the name has the phrase's words cut short ({@code wynagr_brutto}); only of kinds whose
   * values speak for themselves too.
   */
  private boolean isCutOff(Phrase phrase) {
    if (!CHECKED.contains(phrase.kind()) || phrase.hint() != Hint.STRONG) {
      return false;
    }
    int size = phrase.words().size();
    for (int from = 0; from + size <= words.size(); from++) {
      boolean all = true;
      for (int i = 0; i < size && all; i++) {
        String word = words.get(from + i);
        String whole = phrase.words().get(i);
        int least = size > 1 ? SHORTEST_CUT : SHORTEST_CUT_ALONE;
        all =
            word.equals(whole)
                || (word.length() >= least
                    && whole.length() >= word.length() + 2
                    && whole.startsWith(word));
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(List<String> words, List<String> phrase) {
    return Collections.indexOfSubList(words, phrase) >= 0;
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String word : SPLIT.split(name, 0)) {
      if (!word.isEmpty()) {
        words.add(Words.fold(word));
      }
    }
    return words;
  }

  private static void read(String line) {
    int colon = line.indexOf(':');
    String[] head = line.substring(0, colon).split(" ", 0);
    List<String> phrases = List.of(line.substring(colon + 1).strip().split(", *", 0));
    if (head[0].equals("META")) {
      phrases.forEach(phrase -> META.add(Words.fold(phrase)));
      return;
    }
    if (head[0].equals("THING")) {
      phrases.forEach(phrase -> THINGS.add(words(phrase)));
      return;
    }
    boolean against = head[0].equals("NOT");
    PersonalKind kind = PersonalKind.valueOf(against ? head[1] : head[0]);
    Hint hint = against ? Hint.NONE : head[1].equals("strong") ? Hint.STRONG : Hint.WEAK;
    for (String text : phrases) {
      List<String> words = words(text);
      if (words.isEmpty()) {
        throw new IllegalStateException("a phrase without words in: " + line);
      }
      Phrase phrase = new Phrase(kind, hint, words, String.join("", words));
      if (against) {
        AGAINST.computeIfAbsent(kind, k -> new ArrayList<>()).add(phrase);
      } else {
        PHRASES.add(phrase);
      }
    }
  }
}
