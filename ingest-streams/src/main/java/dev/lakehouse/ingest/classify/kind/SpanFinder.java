package dev.lakehouse.ingest.classify.kind;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds personal data within running text. Patterns and checks decide where there are any; persons'
 * names and addresses, which have none, are found by lists and by what stands around them, and are
 * less sure.
 */
public final class SpanFinder {
  /** Longer texts are searched in pieces of so many characters, which share some. */
  private static final int PIECE = 20_000;

  private static final int OVERLAP = 500;
  private static final int SHORTEST_ADDRESS = 7;

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final List<String> PHONE_REGIONS = List.of("US", "GB", "DE", "FR", "IN");

  private SpanFinder() {}

  /** The personal places of a text in its order, none overlapping another. */
  public static List<Span> find(String written) {
    String text = FoldedText.withAsciiDigits(written);
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
    TextLook look = TextLook.of(text);
    if (look.digits() >= Payment.LEAST_IBAN) {
      ibans(text, found);
    }
    if (look.beyondLatin()) {
      find(SpanRules.BEYOND_LATIN, look, found);
    }
    find(SpanRules.ALL, look, found);
    List<Span> national =
        look.digits() >= NationalSpans.LEAST_DIGITS ? NationalSpans.find(text) : List.of();
    national.stream()
        .filter(span -> span.confidence() >= NationalSpans.SURE)
        .forEach(span -> offer(found, span));
    CuedSpans.find(text).forEach(span -> offer(found, span));
    national.forEach(span -> offer(found, span));
    found.removeIf(span -> span.kind() == PersonalKind.MEDICAL && isSubject(text, span.end()));
    if (look.digits() >= Phones.LEAST_DIGITS) {
      phones(text, found);
    }
    NameSpans.find(look).forEach(span -> offer(found, upTo(found, span)));
    found.sort(Comparator.comparingInt(Span::start));
    return found;
  }

  private static void find(List<SpanRule> rules, TextLook look, List<Span> found) {
    String text = look.text();
    for (SpanRule rule : rules) {
      if (!rule.possible().test(look)) {
        continue;
      }
      Matcher matcher = rule.pattern().matcher(text);
      while (matcher.find()) {
        String part = matcher.group(rule.group());
        if (part != null && rule.valid().test(part) && !rule.isDenied(text, matcher.start())) {
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
  }

  private static void ibans(String text, List<Span> found) {
    for (int at = 0; at + Payment.LEAST_IBAN < text.length(); at++) {
      boolean begins =
          isDigit(text.charAt(at + 2))
              && isDigit(text.charAt(at + 3))
              && isAsciiLetter(text.charAt(at))
              && isAsciiLetter(text.charAt(at + 1))
              && (at == 0 || !(isAsciiLetter(text.charAt(at - 1)) || isDigit(text.charAt(at - 1))));
      int end = begins ? Payment.ibanEnd(text, at) : 0;
      if (end > 0) {
        found.add(new Span(PersonalKind.IBAN, at, end, 0.99));
        at = end;
      }
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int digits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
    }
    return digits;
  }

  private static void phones(String text, List<Span> found) {
    Matcher area = AREA_CODE.matcher(text);
    while (area.find()) {
      if (!SpanRules.isThing(text, area.start())) {
        offer(found, new Span(PersonalKind.PHONE, area.start(), area.end(), 0.9));
      }
    }
    Matcher national = NATIONAL.matcher(text);
    while (national.find()) {
      if (!SpanRules.isThing(text, national.start())
          && digits(national.group()) >= LEAST_NATIONAL) {
        offer(found, new Span(PersonalKind.PHONE, national.start(), national.end(), 0.85));
      }
    }
    boolean written = WRITTEN.matcher(text).find();
    for (String region : written ? PHONE_REGIONS : List.<String>of()) {
      for (PhoneNumberMatch match :
          Phones.UTIL.findNumbers(text, region, Leniency.VALID, Integer.MAX_VALUE)) {
        String raw = match.rawString();
        boolean bare = raw.chars().allMatch(Character::isDigit);
        boolean said = said(text, match.start());
        boolean inner = match.start() > 0 && "-#/_.".indexOf(text.charAt(match.start() - 1)) >= 0;
        boolean thing = SpanRules.isThing(text, match.start());
        if ((!bare || said)
            && !inner
            && !thing
            && !DATED.matcher(raw).find()
            && (said || Phones.isShaped(raw, raw.replaceAll("\\D", "").length()))) {
          offer(found, new Span(PersonalKind.PHONE, match.start(), match.end(), 0.9));
        }
      }
    }
  }

  /** Digits with what stands between those of phone numbers, or what is said before some. */
  private static final Pattern WRITTEN =
      Pattern.compile("\\+\\d|\\(\\d{1,5}\\)|\\d{2}[ .\\-/–]\\d{2}|(?<!\\d)\\d{7,13}(?!\\d)");

  /** An area code in brackets and then two groups: nothing else is written so. */
  private static final Pattern AREA_CODE =
      Pattern.compile("(?<![\\w(])\\(0?\\d{2,4}\\) ?\\d{3,5}[- ]\\d{3,5}(?![\\d-])");

  private static final int LEAST_NATIONAL = 9;

  /** A zero before an area or a mobile network, and two groups or more. */
  private static final Pattern NATIONAL =
      Pattern.compile(
          "(?<![\\w.,:/+-]|\\d )0\\d{1,4}[ -]\\d{2,4}[ -]\\d{2,4}(?:["
              + " -]\\d{2,4}){0,2}(?![\\w]|[-.,/]\\d)");

  private static final String PHONE_WORDS =
      "phone|telephone|tel|call(?: me| us| him| her|"
          + " them)?|mobile|cell|cellphone|fax|whatsapp|text|sms|dial|reach|ring|telefon|handy|mobil|téléphone|portable|appelez|teléfono|móvil|celular|llame|telefono|cellulare|telefone|telefoon|rufen|anrufen|ligue(?:"
          + " para)?|ligar|telemóvel|contacto|llama|llámame|chiama(?:mi)?|bel|ring|zadzwoń|zap|whats|cel|cell\\.|gsm|hp|telp|hubungi|kontak|tlf|puh|puhelin|puhelinnumero|telefonnummer|tel\\."
          + " nr|komórka|telefón|volejte|zavolejte|dzwonić(?: pod)?|dzwoń|dzwoncie|numerem"
          + " telefonu|hívjon|hívj|mobilszám|telefonszám|arayın|telefonum|sđt|đt|điện"
          + " thoại|gọi|тел|телефон|моб|звоните|позвоните|дзвоніть|τηλ|τηλέφωνο|κινητό";
  private static final Pattern DATED = Pattern.compile("(?:19|20)\\d{2}-\\d{2}-\\d{2}");
  private static final Pattern SAID =
      Pattern.compile("(?s).*\\b(?:" + PHONE_WORDS + ")\\b\\W*(?:\\w+\\W+){0,3}$", FLAGS);

  private static boolean said(String text, int at) {
    return SAID.matcher(text.substring(Math.max(0, at - 40), at)).matches();
  }

  /** An address ends where something else begins. */
  private static Span upTo(List<Span> found, Span span) {
    int end = span.end();
    if (span.kind() == PersonalKind.ADDRESS) {
      for (Span other : found) {
        if (other.start() > span.start() + SHORTEST_ADDRESS && other.start() < end) {
          end = other.start();
        }
      }
    }
    return new Span(span.kind(), span.start(), end, span.confidence());
  }

  /** Whether an illness is spoken of as a subject, not as somebody's. */
  private static boolean isSubject(String text, int end) {
    return SUBJECT.matcher(text).region(end, text.length()).lookingAt();
  }

  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?:'s)? (?:prediction|data"
              + " ?sets?|research\\p{L}*|notebooks?|models?|classifiers?|stud(?:y|ies)|awareness|foundations?|association|societ\\p{L}+|charit\\p{L}+|campaigns?|statistics|conferences?|congress|journal|rates|app|detection|prevention|guidelines?|day|walk|fundrais\\p{L}+|charity|council|institute|forschung|gesellschaft|stiftung|ligue|recherche|fondation|ricerca|fondazione)\\b",
          FLAGS);

  private static void offer(List<Span> found, Span span) {
    for (Span other : found) {
      if (other.overlaps(span)) {
        return;
      }
    }
    found.add(span);
  }
}
