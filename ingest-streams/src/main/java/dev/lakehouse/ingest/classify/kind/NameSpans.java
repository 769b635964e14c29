package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Persons' names, addresses and postal codes in running text. */
final class NameSpans {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
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
          "(?<![\\p{L}\\p{N}@._/-])(?!(?:Dear|Hello|Hi|Hey|Hallo|Beste|Liebe|Lieber|Liebes|Cher|Chère"
              + "|Bonjour|Salut|Hola|Estimado|Estimada|Querido|Querida|Gentile|Caro|Cara|Ciao|Olá|Prezado"
              + "|Prezada|From|To|The|Contact|Call|Ask|Tell|Patient|Mein|My|Regards|Sincerely|Thanks)\\b)"
              + "(?:(?:"
              + NameWords.TITLES
              + ")\\.?"
              + " )?\\p{Lu}[\\p{L}\\p{M}'’-]+(?:"
              + " (?:\\p{Lu}\\.|van|von|de|der|den|del|della|di|da|dos|bin|ibn|al|el|la|le|y))*(?:"
              + " \\p{Lu}[\\p{L}\\p{M}'’-]+){0,3}(?!\\p{N})");
  private static final Pattern TITLE = Pattern.compile("^(?:" + NameWords.TITLES + ")\\.?" + " ");

  /** What is said before somebody's name, however little is known of the name itself. */
  private static final Pattern SAID_BEFORE =
      Pattern.compile(
          "(?s).*\\b(?:name is|name was|i am|i'm|it's|it is|its|this"
              + " is|named|called|dear|hi|hey|hello|hallo|hej|hoi|from|by|with|to|and|for|contact|ask"
              + " for|patient|patientin|customer|client|cliente|employee|mein name ist|ich bin|ich"
              + " heiße|heißt|hier ist|hier spricht|liebe|lieber|beste|je m'appelle|je"
              + " suis|c'est|bonjour|salut|cher|chère|me llamo|mi nombre"
              + " es|soy|hola|estimad[oa]|querid[oa]|mi chiamo|sono|ciao|gentile|car[oa]|meu nome"
              + " é|olá|oi|prezad[oa]|ik ben|mijn naam"
              + " is|regards,?|wishes,?|sincerely,?|cheers,?|best,?|love,?|grüßen,?|gruß,?|grüße,?|groetjes,?|groet,?|thanks,?|thank"
              + " you,?|danke,?|merci,?|gracias,?|grazie,?"
              + "|obrigad[oa],?|hilsen,?|hälsningar,?|cordialement,?|saludos,?|saluti,?|colleague|mother"
              + "|father|wife|husband|son|daughter|brother|sister|aunt|uncle|manager|boss|nurse|doctor"
              + "|mr|mrs|said|says|told|met|saw|called|asked|meet)\\s*[:,!]?\\s*$",
          FLAGS);

  /** What is said before the full name of a person, even of one with a name nobody knows. */
  private static final Pattern FULL_BEFORE =
      Pattern.compile(
          "(?s).*(?<!\\p{L})(?:"
              + NameWords.ROLES
              + "|name(?:d| is|:)|in the name of|holder|cardholder|beneficiary|applicant"
              + "|patient|patientin|paciente|paziente|claimant|tenants?|landlord|passenger|candidate|pupil|member|student|resident|lodger|borrower|insured|complainant|victim|suspect"
              + "|defendant|plaintiff|policyholder|payee|payer|recipient|supervisor|teacher|driver|book|employee|nurse"
              + " note|attn|attention"
              + "|signed|signature|sincerely,?|regards,?|mother,?|father,?|wife,?|husband,?|son,?|daughter,?"
              + "|sister,?|brother,?|spouse|guardian|witness|beste|dear|liebe|lieber"
              + "|herr|frau|kunde|kundin|titular|intestatario|titulaire|bénéficiaire|funcionári[oa]|funzionari[oa]|emplead[oa]|dipendente|mitarbeiter(?:in)?|salarié[e]?|heard"
              + " that|mein name ist|je m'appelle|me llamo|mi chiamo|meu nome é|ik ben|ich"
              + " bin|soy|sono|i am|i'm|hire)\\s*[:,]?\\s*$",
          FLAGS);

  private static final Pattern GREETING =
      Pattern.compile(
          "(?s)(?:.*[\\n"
              + ".!?:>\"“]"
              + " ?)?(?:hi|hey|hello|dear|hallo|hej|hoi|liebe|lieber|beste|cher|chère|salut|bonjour|hola|querid[oa]|estimad[oa]|ciao|car[oa]|olá|oi|cześć|ahoj|moi|terve|kia"
              + " ora) ",
          FLAGS);
  private static final Pattern FAREWELL =
      Pattern.compile(
          "(?s).*\\b(?:regards|wishes|cheers|love|sincerely|best|thanks|thank"
              + " you|gruß|grüße|grüßen|lg|vg|mfg"
              + "|bald|danke|cordialement|bises|bisous|bientôt|saludos|abrazo|besos|saluti|baci|abraço|abs"
              + "|groet|groetjes|groeten|hilsen|hälsningar|mvh|pozdrawiam|pozdrav|xx?),?\\s+",
          FLAGS);
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:San|Santa|Sant|Santo|São|Saint|St\\.?|Los|Las|New|Port|Fort|Mount|Lake|Cape|Villa|Costa|Puerto|Monte|Point|Camp)"
              + " \\p{Lu}[\\p{L}'-]+");
  private static final Pattern BUSINESS =
      Pattern.compile(
          "[,]? (?:Inc|LLC|Ltd|GmbH|AG|Corp|Co\\.|Group|Bank|SA\\b|SpA|BV|plc|report\\b|branch|shares?\\b"
              + "|stock|store|airport|stadium|university|college|street|avenue|station|hotel|museum)|&|"
              + " & | ?[®™]");

  private static final int LONGEST_CITY = 40;
  private static final Pattern BETWEEN =
      Pattern.compile("(?:[\\p{L}\\d' ,()#-]|\\.(?! ?\\p{Lu}))*");

  private NameSpans() {}

  static List<Span> find(TextLook look) {
    String text = look.text();
    List<Span> found = new ArrayList<>();
    if (look.digits() > 0) {
      places(look, found);
    }
    if (look.capital()) {
      names(text, found);
    }
    if (look.beyondLatin()) {
      ScriptNameSpans.find(text, found);
    }
    if (look.capital() || look.beyondLatin()) {
      found.addAll(CuedNames.find(look));
    }
    return found;
  }

  private static void places(TextLook look, List<Span> found) {
    String text = look.text();
    AddressSpans.find(look, found);
    Matcher said = SAID_POSTAL.matcher(text);
    while (said.find()) {
      if (said.group(1).matches(".*\\d.*")) {
        found.add(new Span(PersonalKind.POSTAL_CODE, said.start(1), said.end(1), 0.9));
      }
    }
    Matcher postal = POSTAL.matcher(text);
    while (look.capital() && postal.find()) {
      if (!isJoined(text, postal.start(), postal.end(), found)) {
        found.add(new Span(PersonalKind.POSTAL_CODE, postal.start(), postal.end(), 0.85));
      }
    }
  }

  /** A postal code soon after a street belongs to the address, with the city between. */
  private static boolean isJoined(String text, int from, int to, List<Span> found) {
    for (int i = 0; i < found.size(); i++) {
      Span address = found.get(i);
      if (address.kind() == PersonalKind.ADDRESS
          && address.end() <= to
          && from - address.end() <= LONGEST_CITY
          && (from < address.end()
              || BETWEEN.matcher(text.substring(address.end(), from)).matches())) {
        found.set(i, new Span(address.kind(), address.start(), to, address.confidence()));
        return true;
      }
    }
    return false;
  }

  private static void names(String text, List<Span> found) {
    Matcher matcher = CAPITALS.matcher(text);
    while (matcher.find()) {
      name(text, matcher.start(), matcher.group(), found);
    }
  }

  private static void name(String text, int start, String run, List<Span> found) {
    if (isNoPerson(run, text.substring(start + run.length()))) {
      return;
    }
    if (isSaidFull(text, start, run)) {
      found.add(new Span(PersonalKind.PERSON_NAME, start, start + run.length(), 0.75));
      return;
    }
    boolean titled = TITLE.matcher(run).find();
    int skipped = 0;
    String name = run;
    while (!titled && name.contains(" ")) {
      String first = Words.fold(name.substring(0, name.indexOf(' ')));
      if (PersonNames.isGiven(first)
          || ScriptNames.isGiven(first)
          || (PersonNames.isSurname(first) && skipped == 0 && known(name))) {
        break;
      }
      skipped += name.indexOf(' ') + 1;
      name = name.substring(name.indexOf(' ') + 1);
    }
    int from = start + skipped;
    if (titled && NameCues.isStop(name.substring(name.lastIndexOf(' ') + 1))) {
      return;
    }
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
    } else if (((PersonNames.isGiven(Words.fold(name)) || ScriptNames.isGiven(Words.fold(name)))
            && !isShouted(name)
            && (said(text, from)
                || ((skipped == 0 || NameCues.isStop(run.substring(0, skipped - 1)))
                    && isWithin(name, text, from))))
        || isGreeted(name, text, from)) {
      found.add(new Span(PersonalKind.PERSON_NAME, from, from + name.length(), 0.65));
    }
  }

  /** A place, a business or a mark that is called like a person. */
  private static boolean isNoPerson(String run, String after) {
    String folded = Words.fold(run);
    return PLACE.matcher(run).matches()
        || BUSINESS.matcher(after).lookingAt()
        || NameWords.NO_PERSONS.stream().anyMatch(folded::contains);
  }

  /** Two words that are written as names, after what is said before a person's. */
  private static boolean isSaidFull(String text, int from, String name) {
    long spaces = name.chars().filter(c -> c == ' ').count();
    return spaces >= 1
        && spaces <= 2
        && (PersonNames.signals(name) & Signal.NAME_SHAPE.bit()) != 0
        && FULL_BEFORE.matcher(text.substring(Math.max(0, from - 40), from)).matches();
  }

  /** One word between a greeting and a mark, or after a farewell at the very end. */
  private static boolean isGreeted(String name, String text, int from) {
    String before = text.substring(Math.max(0, from - 24), from);
    String after = text.substring(from + name.length());
    return name.length() >= 3
        && !NameWords.NOBODY.contains(Words.fold(name))
        && (PersonNames.signals(name) & Signal.NAME_SHAPE.bit()) != 0
        && ((GREETING.matcher(before).matches() && after.matches("(?s)\\s?[,!:–-].*|\\s*"))
            || (FAREWELL.matcher(before).matches() && after.matches("\\s*[.!]?\\s*")));
  }

  /** A word in capitals alone, as abbreviations are. */
  private static boolean isShouted(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT));
  }

  /** Whether a frequent name stands within a sentence. */
  private static boolean isWithin(String name, String text, int from) {
    String word = Words.fold(name);
    if (NameWords.AMBIGUOUS.contains(word)
        || !(Words.GIVEN.contains(word) || ScriptNames.isGiven(word))) {
      return false;
    }
    int end = from + name.length();
    boolean verb =
        end + 1 < text.length()
            && text.charAt(end) == ' '
            && Character.isLowerCase(text.charAt(end + 1));
    return from < 2
        ? verb
        : Character.isLowerCase(text.charAt(from - 2))
            || (verb && ".!?,:;\n".indexOf(text.charAt(from - 2)) >= 0);
  }

  private static boolean known(String name) {
    return (PersonNames.signals(name) & Signal.NAME_FULL.bit()) != 0;
  }

  private static boolean startsGiven(String name) {
    String first = Words.fold(name.substring(0, name.indexOf(' ')));
    return PersonNames.isGiven(first) || ScriptNames.isGiven(first);
  }

  private static boolean said(String text, int at) {
    return SAID_BEFORE.matcher(text.substring(Math.max(0, at - 24), at)).matches();
  }
}
