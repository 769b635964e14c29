package dev.lakehouse.ingest.classify.kind;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds personal data within running text. Patterns and checks decide where there are any; persons'
 * names and addresses, which have none, are found by lists and by what stands around them, and are
 * less sure.
 */
public final class SpanFinder {
  private record Rule(
      PersonalKind kind, double confidence, Pattern pattern, int group, Predicate<String> valid) {}

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final String MONTH =
      "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|ene|abr|ago|dic|janv|févr|mars|avr|juin|juil|août|gen|mag|giu|lug|set|ott)\\p{L}*";
  private static final String DATE =
      "(?:\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}|\\d{1,2}(?:st|nd|rd|th|\\.)? (?:of |de )?"
          + MONTH
          + ",?(?: de)? \\d{2,4}|"
          + MONTH
          + " \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})";
  private static final List<Rule> RULES = new ArrayList<>();
  private static final String AMOUNT =
      "(?:(?:[$€£¥₹]|USD|EUR|GBP|CHF|INR|AUD|CAD) ?\\d[\\d,.' ]*\\d(?: ?k)?|\\d[\\d,.']*\\d(?: ?k)?"
          + " ?(?:[$€£¥₹]|USD|EUR|GBP|CHF|INR|euros?|dollars|pounds))";

  static {
    rule(
        PersonalKind.CREDENTIALS,
        0.98,
        0,
        "(?<![A-Za-z0-9])(?:" + Secrets.FORMS + ")",
        0,
        s -> true);
    rule(
        PersonalKind.CREDENTIALS,
        0.9,
        FLAGS,
        "\\b(?:password|passwd|pwd|passphrase|passwort|kennwort|mot de"
            + " passe|contraseña|senha|wachtwoord|api[ _-]?key|secret(?: key)?|access["
            + " _-]?token|auth(?:entication)?[ _-]?token|clave|hasło)\\b(?:"
            + " (?:is|ist|est|es|was|lautet|for \\w+"
            + " is|to))?\\s?[:=]?\\s?[\"'«“]?((?=[^\\s\"']*[\\d!@#$%^&*_+\\p{Lu}])[^\\s\"'»”,;]{5,64}[^\\s\"'»”,;.!?])",
        1,
        s -> !s.matches("\\p{Lu}?\\p{Ll}+"));
    rule(
        PersonalKind.EMAIL,
        0.99,
        0,
        "(?<![\\p{L}\\p{N}._%+-])" + ValueRecogniser.EMAIL_WRITTEN,
        0,
        s -> true);
    rule(
        PersonalKind.IBAN,
        0.99,
        0,
        "\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}\\b",
        0,
        Payment::isIban);
    rule(
        PersonalKind.CARD_NUMBER,
        0.97,
        0,
        "(?<![\\d.-])" + Payment.CARD_WRITTEN + "(?![\\d]|[.-]\\d)",
        0,
        Payment::isCard);
    rule(
        PersonalKind.IP_ADDRESS,
        0.95,
        0,
        "(?<![\\d.])" + IpAddresses.V4 + "(?![\\d]|\\.\\d)",
        0,
        s -> !IpAddresses.isSmall(s));
    rule(
        PersonalKind.IP_ADDRESS,
        0.95,
        0,
        "(?<![0-9a-fA-F:])(?:[0-9a-fA-F]{1,4}:){2,7}(?::?[0-9a-fA-F]{1,4}){1,6}(?![0-9a-fA-F:])",
        0,
        IpAddresses::isSix);
    rule(
        PersonalKind.DATE_OF_BIRTH,
        0.93,
        FLAGS,
        "\\b(?:born(?: on)?(?: the)?|d\\.?o\\.?b\\.?|date of birth|birth ?date|birthday|geboren(?:"
            + " am)?|geburtsdatum|geb\\.|né(?:e)?(?: le)?|date de naissance|nacid[oa](?: el)?|fecha"
            + " de nacimiento|nat[oa](?: il)?|data di nascita|nascid[oa](?: em)?|data de"
            + " nascimento|geboren op|geboortedatum|född|født|urodzon[ya]|data"
            + " urodzenia)(?:\\)|\\]|:|=| is| was| ist| est| es| il| le| el| on|"
            + " am)*\\s?[:\\-–(]?\\s?("
            + DATE
            + ")",
        1,
        s -> true);
    rule(
        PersonalKind.SALARY,
        0.92,
        FLAGS,
        "\\b(?:salary|salaries|wages?|income|earn(?:s|ed|ing|ings)?|compensation|paid|pays?|gehalt|lohn|verdien\\p{L}*|einkommen|salaire|revenu|gagne|sueldo|salario|gana|stipendio|guadagna|salaris|verdient)\\b[^.\\d$€£¥₹]{0,40}?("
            + AMOUNT
            + "|\\d{2,3}[,.]\\d{3}|\\d{2,3}k)",
        1,
        s -> true);
    rule(
        PersonalKind.SALARY,
        0.9,
        FLAGS,
        "("
            + AMOUNT
            + ")(?= ?(?:/|per |a |an |pro |par |al |all'|por"
            + " )\\s?(?:year|yr|annum|month|hour|hr|jahr|monat|an\\b|mois|año|mes\\b|anno|mese)|"
            + " ?(?:p\\.a\\.|annually|annual|yearly|monthly|gross salary|brut))",
        1,
        s -> true);
    for (NationalId id : NationalIds.ALL) {
      if (id.chance() <= 0.05) {
        rule(
            PersonalKind.NATIONAL_ID,
            id.chance() == 0 ? 0.95 : 0.85,
            0,
            "(?<![\\p{L}\\p{N}.-])(?:" + id.written().pattern() + ")(?![\\p{L}\\p{N}]|[-.]\\d)",
            0,
            s -> id.valid().test(NationalIds.bare(s)));
      }
    }
    rule(
        PersonalKind.NATIONAL_ID,
        0.9,
        FLAGS,
        "\\b(?:ssn|social security(?: number| no\\.?)?|national id(?:entity)?(?: number)?|tax"
            + " id|passport(?: number| no\\.?)?|reisepass(?:nummer)?|passeport|pasaporte|driver'?s"
            + " licen[cs]e(?: number| no\\.?)?|id card(?:"
            + " number)?|personalausweis(?:nummer)?|steuer-?id|dni|nie|nif|cpf|bsn|aadhaar(?:"
            + " number)?|pan(?: number)?|nino|national insurance(?: number)?|nhs number|codice"
            + " fiscale|pesel|sin|cédula|curp|rut|personnummer)\\b(?:"
            + " (?:is|ist|est|es|was|nr\\.?|no\\.?|number))?\\s?[:#=(]?\\s?((?=(?:\\D{0,3}\\d){4})[A-Z0-9](?:[A-Z0-9.-]|"
            + " (?=[\\dA-Z]*\\d)){5,17}[A-Z0-9])",
        1,
        s -> true);
    rule(PersonalKind.MEDICAL, 0.85, 0, "\\b[A-TV-Z]\\d[0-9AB]\\.[0-9A-Z]{1,4}\\b", 0, s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.9,
        FLAGS,
        "\\bblood (?:type|group)(?: is|:)?\\s?((?:AB|A|B|O) ?(?:[+-]|pos\\p{L}*|neg\\p{L}*)?)",
        1,
        s -> true);
    rule(
        PersonalKind.MEDICAL,
        0.85,
        0,
        "(?<![\\p{L}-])\\p{L}{3,24}(?:-\\p{L}{2,12})*",
        0,
        s -> Words.MEDICAL.contains(Words.fold(s)));
  }

  /** Longer texts are searched in pieces of so many characters, which share some. */
  private static final int PIECE = 20_000;

  private static final int OVERLAP = 500;
  private static final List<String> PHONE_REGIONS = List.of("US", "GB", "DE", "FR", "IN");

  private SpanFinder() {}

  /** The personal places of a text in its order, none overlapping another. */
  public static List<Span> find(String text) {
    if (text.length() <= PIECE) {
      return findIn(text);
    }
    List<Span> found = new ArrayList<>();
    for (int at = 0; at < text.length(); at += PIECE - OVERLAP) {
      for (Span span : findIn(text.substring(at, Math.min(text.length(), at + PIECE)))) {
        offer(found, new Span(span.kind(), at + span.start(), at + span.end(), span.confidence()));
      }
    }
    return found;
  }

  private static List<Span> findIn(String text) {
    List<Span> found = new ArrayList<>();
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(text);
      while (matcher.find()) {
        String part = matcher.group(rule.group());
        if (part != null && rule.valid().test(part)) {
          offer(
              found,
              new Span(
                  rule.kind(),
                  matcher.start(rule.group()),
                  matcher.end(rule.group()),
                  rule.confidence()));
        }
      }
    }
    phones(text, found);
    NameSpans.find(text).forEach(span -> offer(found, span));
    found.sort(Comparator.comparingInt(Span::start));
    return found;
  }

  private static void phones(String text, List<Span> found) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
    }
    if (digits < 7) {
      return;
    }
    for (String region : PHONE_REGIONS) {
      for (PhoneNumberMatch match :
          Phones.UTIL.findNumbers(text, region, Leniency.VALID, Integer.MAX_VALUE)) {
        String raw = match.rawString();
        boolean bare = raw.chars().allMatch(Character::isDigit);
        boolean said = said(text, match.start());
        boolean inner = match.start() > 0 && "-#/_.".indexOf(text.charAt(match.start() - 1)) >= 0;
        if ((!bare || said)
            && !inner
            && (said || Phones.isShaped(raw, raw.replaceAll("\\D", "").length()))) {
          offer(found, new Span(PersonalKind.PHONE, match.start(), match.end(), 0.9));
        }
      }
    }
    Matcher matcher = SAID_PHONE.matcher(text);
    while (matcher.find()) {
      offer(found, new Span(PersonalKind.PHONE, matcher.start(1), matcher.end(1), 0.85));
    }
  }

  private static final String PHONE_WORDS =
      "phone|telephone|tel|call(?: me| us| him| her|"
          + " them)?|mobile|cell|cellphone|fax|whatsapp|text|sms|dial|reach|ring|telefon|handy|mobil|téléphone|portable|appelez|teléfono|móvil|celular|llame|telefono|cellulare|telefone|telefoon|rufen|anrufen";
  private static final Pattern SAID_PHONE =
      Pattern.compile(
          "\\b(?:" + PHONE_WORDS + ")\\b[^\\d\\n]{0,20}?(\\+?\\(?\\d[\\d ().-]{6,16}\\d)(?![\\d])",
          FLAGS);
  private static final Pattern SAID =
      Pattern.compile("(?s).*\\b(?:" + PHONE_WORDS + ")\\b\\W*(?:\\w+\\W+){0,3}$", FLAGS);

  private static boolean said(String text, int at) {
    return SAID.matcher(text.substring(Math.max(0, at - 40), at)).matches();
  }

  private static void offer(List<Span> found, Span span) {
    for (Span other : found) {
      if (other.overlaps(span)) {
        return;
      }
    }
    found.add(span);
  }

  private static void rule(
      PersonalKind kind,
      double confidence,
      int flags,
      String pattern,
      int group,
      Predicate<String> valid) {
    RULES.add(new Rule(kind, confidence, Pattern.compile(pattern, flags), group, valid));
  }
}
