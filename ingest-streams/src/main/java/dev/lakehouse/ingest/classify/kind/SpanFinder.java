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

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
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
    int digits = digits(text);
    for (SpanRule rule : SpanRules.ALL) {
      if (!rule.isPossible(text, digits)) {
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
    if (digits >= Phones.LEAST_DIGITS) {
      phones(text, found);
    }
    NameSpans.find(text, digits > 0).forEach(span -> offer(found, span));
    found.sort(Comparator.comparingInt(Span::start));
    return found;
  }

  private static int digits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
    }
    return digits;
  }

  private static void phones(String text, List<Span> found) {
    for (String region : PHONE_REGIONS) {
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
            && (said || Phones.isShaped(raw, raw.replaceAll("\\D", "").length()))) {
          offer(found, new Span(PersonalKind.PHONE, match.start(), match.end(), 0.9));
        }
      }
    }
    Matcher matcher = SAID_PHONE.matcher(text);
    while (matcher.find()) {
      if (!SpanRules.isThing(text, matcher.start(1)) && !DATED.matcher(matcher.group(1)).find()) {
        offer(found, new Span(PersonalKind.PHONE, matcher.start(1), matcher.end(1), 0.85));
      }
    }
  }

  private static final String PHONE_WORDS =
      "phone|telephone|tel|call(?: me| us| him| her|"
          + " them)?|mobile|cell|cellphone|fax|whatsapp|text|sms|dial|reach|ring|telefon|handy|mobil|téléphone|portable|appelez|teléfono|móvil|celular|llame|telefono|cellulare|telefone|telefoon|rufen|anrufen|ligue(?: para)?|ligar|telemóvel|contacto|llama|llámame|chiama(?:mi)?|bel|ring|zadzwoń";
  private static final Pattern SAID_PHONE =
      Pattern.compile(
          "\\b(?:" + PHONE_WORDS + ")\\b[^\\d\\n]{0,20}?(\\+?\\(?\\d[\\d ().-]{6,16}\\d)(?![\\d])",
          FLAGS);
  private static final Pattern DATED = Pattern.compile("(?:19|20)\\d{2}-\\d{2}-\\d{2}");
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
}
