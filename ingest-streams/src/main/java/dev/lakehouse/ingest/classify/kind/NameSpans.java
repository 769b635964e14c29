package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Persons' names, addresses and postal codes in running text. */
final class NameSpans {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final String TAIL =
      "(?:,? (?:apt|apartment|suite|ste|unit|flat|#)\\.? ?#?\\w{1,5})?";
  private static final String CITY =
      "(?:, ?(?:[A-Z]{2} )?(?:[A-Z]{1,2}-?)?\\d{4,5}(?:-\\d{4})?(?: \\p{Lu}[\\p{L}-]+){0,3}|,?"
          + " (?:[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2})|, \\p{Lu}[\\p{L}.' -]{2,30}?,? (?:[A-Z]{2}"
          + " )?(?:[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}|\\d{5}(?:-\\d{4})?))?";
  private static final String SUFFIXES =
      "(?:[Ss]treet|[Ss]t|[Aa]venue|[Aa]ve|[Rr]oad|[Rr]d|[Dd]rive|[Dd]r|[Ll]ane|[Ll]n|[Bb]oulevard|[Bb]lvd|[Cc]ourt|[Cc]t|[Ww]ay|[Pp]lace|[Tt]errace|[Cc]ircle|[Ss]quare|[Pp]arkway|[Hh]ighway|[Cc]lose|[Cc]rescent|[Gg]rove|[Gg]ardens|[Mm]ews|Row|Hill|Broadway|Trail|Loop|Alley)\\b\\.?";
  private static final Pattern STREET =
      Pattern.compile(
          "(?<![\\p{N}\\p{L}.,$€£-])\\d{1,5}[A-Za-z]?(?:"
              + " (?:[NSEW]\\.?|\\p{Lu}[\\p{L}'’.]+|\\d{1,3}(?:st|nd|rd|th))){1,4}? "
              + SUFFIXES
              + TAIL
              + CITY);
  private static final Pattern JOINED =
      Pattern.compile(
          "(?<!\\p{L})(?:\\p{Lu}[\\p{L}-]+"
              + " ){0,2}\\p{Lu}[\\p{L}-]*(?:straße|strasse|str\\.|weg|platz|allee|gasse|straat|laan|plein|gracht|gatan|vägen|gata|veien|vej|gade|katu|[Ss]traße|[Ss]traat)"
              + " \\d{1,4} ?[a-z]?(?![\\p{L}\\d])"
              + CITY);
  private static final Pattern WORD_FIRST =
      Pattern.compile(
          "(?<![\\p{L}])(?:\\d{1,4}(?: ?(?:bis|ter))?,?"
              + " )?(?:rue|avenue|boulevard|place|chemin|impasse|quai|calle|avenida|plaza|paseo|via|viale|piazza|corso|rua|travessa|ul\\.|ulica|Rue|Avenue|Boulevard|Place|Chemin|Calle|Avenida|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Ul\\.|C/)(?:"
              + " (?:de|du|des|la|le|les|del|della|dei|da|do|dos|das|l'|d'))*(?:"
              + " ?\\p{Lu}[\\p{L}'’-]+){1,4}(?:,? (?:n[°ºo]\\.? ?)?\\d{1,4}[A-Za-z]?)?"
              + CITY);
  private static final Pattern BOX =
      Pattern.compile("\\b(?:P\\.? ?O\\.? ?Box|Postfach|Postbus) \\d{2,6}\\b");
  private static final Pattern POSTAL =
      Pattern.compile(
          "\\b(?:[A-PR-UWYZ][A-HK-Y]?\\d[A-Z\\d]?"
              + " \\d[ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z]"
              + " \\d[ABCEGHJ-NPRSTV-Z]\\d)\\b");
  private static final Pattern SAID_POSTAL =
      Pattern.compile(
          "\\b(?:zip(?: ?code)?|postal code|postcode|post code|plz|postleitzahl|code postal|código"
              + " postal|cap|cep|pin ?code)\\b(?:"
              + " (?:is|of|ist|est|es))?\\s?[:#=]?\\s?([A-Z\\d][A-Z\\d -]{2,8}[A-Z\\d])\\b",
          FLAGS);
  private static final Pattern CAPITALS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}@._/-])(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sir|Mme|Mlle|Monsieur|Madame|Señor|Señora|Sr|Sra|Sig|Signora|Dhr|Mevr)\\.?"
              + " )?\\p{Lu}[\\p{L}\\p{M}'’-]+(?:"
              + " (?:\\p{Lu}\\.|van|von|de|der|den|del|della|di|da|dos|bin|ibn|al|el|la|le|y))*(?:"
              + " \\p{Lu}[\\p{L}\\p{M}'’-]+){0,3}");
  private static final Pattern TITLE =
      Pattern.compile(
          "^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sir|Mme|Mlle|Monsieur|Madame|Señor|Señora|Sr|Sra|Sig|Signora|Dhr|Mevr)\\.?"
              + " ");
  private static final Pattern SAID_BEFORE =
      Pattern.compile(
          "(?s).*\\b(?:name is|i am|i'm|named|called|dear|hi|hello|from|by|with|to|contact|ask"
              + " for|patient|customer|client|employee|mein name ist|ich bin|ich heiße|heißt|je"
              + " m'appelle|je suis|me llamo|mi nombre es|soy|mi"
              + " chiamo|sono|regards,?|sincerely,?|grüßen,?|thanks,?|cordialement,?|saludos,?|colleague|mother|father|wife|husband|son|daughter|brother|sister|manager|mr|mrs)\\s*[:,]?\\s*$",
          FLAGS);

  private NameSpans() {}

  static List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    for (Pattern pattern : List.of(STREET, JOINED, WORD_FIRST, BOX)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        if (pattern != WORD_FIRST || matcher.group().matches(".*\\d.*")) {
          found.add(new Span(PersonalKind.ADDRESS, matcher.start(), matcher.end(), 0.8));
        }
      }
    }
    Matcher said = SAID_POSTAL.matcher(text);
    while (said.find()) {
      if (said.group(1).matches(".*\\d.*")) {
        found.add(new Span(PersonalKind.POSTAL_CODE, said.start(1), said.end(1), 0.9));
      }
    }
    Matcher postal = POSTAL.matcher(text);
    while (postal.find()) {
      found.add(new Span(PersonalKind.POSTAL_CODE, postal.start(), postal.end(), 0.85));
    }
    names(text, found);
    return found;
  }

  private static void names(String text, List<Span> found) {
    Matcher matcher = CAPITALS.matcher(text);
    while (matcher.find()) {
      name(text, matcher.start(), matcher.group(), found);
    }
  }

  private static void name(String text, int start, String run, List<Span> found) {
    boolean titled = TITLE.matcher(run).find();
    int skipped = 0;
    String name = run;
    while (!titled && name.contains(" ")) {
      String first = Words.fold(name.substring(0, name.indexOf(' ')));
      if (PersonNames.isGiven(first)
          || (PersonNames.isSurname(first) && skipped == 0 && known(name))) {
        break;
      }
      skipped += name.indexOf(' ') + 1;
      name = name.substring(name.indexOf(' ') + 1);
    }
    int from = start + skipped;
    if (titled) {
      found.add(new Span(PersonalKind.PERSON_NAME, from, from + name.length(), 0.9));
    } else if (name.contains(" ")) {
      long signals = PersonNames.signals(name);
      boolean full = (signals & Signal.NAME_FULL.bit()) != 0;
      boolean half = (signals & Signal.NAME_HALF.bit()) != 0;
      if (full || (half && startsGiven(name))) {
        found.add(
            new Span(PersonalKind.PERSON_NAME, from, from + name.length(), full ? 0.85 : 0.7));
      }
    } else if (PersonNames.isGiven(Words.fold(name)) && said(text, from)) {
      found.add(new Span(PersonalKind.PERSON_NAME, from, from + name.length(), 0.65));
    }
  }

  private static boolean known(String name) {
    return (PersonNames.signals(name) & Signal.NAME_FULL.bit()) != 0;
  }

  private static boolean startsGiven(String name) {
    return PersonNames.isGiven(Words.fold(name.substring(0, name.indexOf(' '))));
  }

  private static boolean said(String text, int at) {
    return SAID_BEFORE.matcher(text.substring(Math.max(0, at - 24), at)).matches();
  }
}
