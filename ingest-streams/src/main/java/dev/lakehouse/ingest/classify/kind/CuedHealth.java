package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.ingest.classify.kind.CueLexicon.Hit;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Illnesses and allergies that are told by what is said before or behind them. */
final class CuedHealth {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final int BACK = 24;
  private static final String NOTHING =
      "(?!(?:none|keine?|aucune?|ningun[oa]?|nessun[oa]?|nenhum[oa]?|geen|ingen|ingenting|inga|brak|žádn\\p{L}*|nema|nincs\\p{L}*|yok|нет|немає|няма|нема|καμία|no|not|nil|n/a|unknown|pending|see|yes|ja|oui|si|да|page|code|codes|id|name|date|list|field|table|api|result|results|report|bekannt|known|tool|and|or|und|et|y|e|и|the|his|her|this|that|these|those|our|my|your|their|its|it|them|him|us|me|ihm|ihr|which|what|where|when|poor|low|bad|slow|lack|performance|memory|latency|errors?|bugs?|delays?|outages?|data|network|server|system|software|high"
          + " load|some|many|all|any|foods?)(?![\\p{L}\\p{N}]))";

  /** Words that only lead to the name of an illness. */
  private static final String LEADING =
      "(?:(?:an?|une?|una|uno|um|uma|ein|eine[mnr]?|en|et|het|de|la|le|les|el|los|las|il|lo|i|gli|o|os|as|den|die|der|dem|du|des|d'|l'|al|chronic|acute|severe|mild|early|late|stage"
          + " \\w+|advanced|suspected|possible|starker?|schwere[rnm]?|chronische[rnm]?|akute[rnm]?|ciężk\\p{L}+|přewlekł\\p{L}+)"
          + " ?){0,3}";

  private static final String ILLNESS =
      "(\\p{L}[\\p{L}\\p{M}'’-]{2,}(?:"
          + " (?!(?:and|und|et|y|e|i|a|и|og|och|ja|ve|dan|en)\\b)\\p{L}[\\p{L}\\p{M}'’-]{2,}){0,2})";
  private static final Pattern BEHIND =
      Pattern.compile("\\s?[:=]?\\s?" + LEADING + NOTHING + ILLNESS, FLAGS);
  private static final Pattern BEHIND_COLON =
      Pattern.compile("\\s?(?:\\([^)]{0,12}\\) ?)?[:=]\\s?" + LEADING + NOTHING + ILLNESS, FLAGS);
  private static final Pattern BEHIND_TO =
      Pattern.compile(
          "(?:\\s?[:=]\\s?|"
              + " (?:to|gegen|auf|voor|tegen|à|aux?|a|al|alla?|allo|ai|agli|alle|às?|aos?|na|od|mot|mod|mót|for|over"
              + " ?for|pe|la|към|кон|prema|tegen|pre"
              + " |terhadap|kepada|pada|với|ya|kwa|sa|ob|do|против|к|на|до|от|στ[οηαιου]\\p{L}?|σε|από|من|تجاه|به|سے|against|by|per|för|ir|uz|nuo|suhtes)"
              + " (?:de |los |las |la |les |el |the |den |het )?| ?l['’])"
              + NOTHING
              + ILLNESS,
          FLAGS);
  private static final Pattern HEBREW = Pattern.compile(" ?ל[\\u0590-\\u05ff'\"]{3,}");
  private static final Pattern UNSPACED =
      Pattern.compile("(?:ยา)?[\\u0E00-\\u0E7F]{3,24}|\\s?[:：]\\s?[\\u2E80-\\uD7FFー]{1,12}");
  private static final Pattern UNSPACED_BEFORE = Pattern.compile("[\\u2E80-\\uD7FFー]{1,10} ?$");
  private static final Pattern NO_OBJECT =
      Pattern.compile(
          "(?:是|否|有|无|無|に|の|は|が|を|and|会|容易|抗|无药物|皮肤|药物|食物|食品|薬物|何らかの|没有|是否|이|가|은|는|있는|없는)+ ?$");
  private static final Pattern WORD_BEFORE =
      Pattern.compile(
          "(?iu)(?:\\b(?:pea)?nuts?|shellfish|eggs?|milk|latex|penicillin|bees?|bee"
              + " sting|wasp|pollen|dust(?:"
              + " mite)?|cats?|dogs?|soya?|wheat|gluten|dairy|fish|seafood|prawns?|shrimps?|strawberr\\p{L}+|sulfa|aspirin|ibuprofen|codeine|morphine|iodine|nickel|sesame|mustard|celery|kiwi|lactose|drug|mold|mould|ragweed|grass|sun|[\\u0900-\\u0dff]{2,}(?:"
              + " से| থেকে)?|به [\\u0600-\\u06ff\\u200c]{3,}) ?-?$");

  private CuedHealth() {}

  static void find(String text, Hit hit, int until, List<Span> found) {
    switch (hit.cue()) {
      case SUFFERS -> behind(BEHIND, text, hit, until, found);
      case DIAGNOSIS -> behind(BEHIND_COLON, text, hit, until, found);
      default -> allergy(text, hit, until, found);
    }
  }

  private static boolean behind(
      Pattern pattern, String text, Hit hit, int until, List<Span> found) {
    Matcher matcher = pattern.matcher(text).region(hit.end(), Math.max(hit.end(), until));
    matcher.useTransparentBounds(true);
    if (matcher.lookingAt()) {
      int start = matcher.groupCount() > 0 ? matcher.start(1) : matcher.start();
      CuedSpans.add(found, PersonalKind.MEDICAL, start, matcher.end(), 0.85);
      return true;
    }
    return false;
  }

  /** Whether the word is of a language that says what follows it without a preposition. */
  private static boolean isBare(String text, Hit hit) {
    String cue = FoldedText.plain(text.substring(hit.start(), hit.end()));
    return cue.equals("alergi") || cue.equals("di ung") || cue.equals("alahan");
  }

  private static boolean isTurkish(String text, Hit hit, String before) {
    return FoldedText.plain(text.substring(hit.start(), hit.end())).startsWith("alerj")
        && before.matches("(?s).*\\p{L}{2}[ae] ");
  }

  private static void allergy(String text, Hit hit, int until, List<Span> found) {
    boolean compound = hit.start() > 0 && Character.isLetter(text.charAt(hit.start() - 1));
    char first = text.charAt(hit.start());
    if (behind(isBare(text, hit) ? BEHIND : BEHIND_TO, text, hit, until, found)
        || (FoldedText.isJoining(first) && behind(HEBREW, text, hit, until, found))
        || (FoldedText.isUnspaced(first) && behind(UNSPACED, text, hit, until, found))) {
      return;
    }
    String before = text.substring(Math.max(0, hit.start() - BACK), hit.start());
    boolean said =
        FoldedText.isUnspaced(first)
            ? UNSPACED_BEFORE.matcher(before).find() && !NO_OBJECT.matcher(before).find()
            : compound || WORD_BEFORE.matcher(before).find() || isTurkish(text, hit, before);
    if (said) {
      int start = hit.start();
      while (start > 0
          && (compound || text.charAt(start - 1) != ' ')
          && Character.isLetter(text.charAt(start - 1))) {
        start--;
      }
      if (!compound && start == hit.start()) {
        start = Math.max(0, hit.start() - 2);
      }
      CuedSpans.add(found, PersonalKind.MEDICAL, start, hit.end(), 0.85);
    }
  }
}
