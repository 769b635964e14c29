package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.ingest.classify.kind.CueLexicon.Hit;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places that are told by a phrase beside them: what is said to be a secret, a person's number, a
 * birth, a phone number or pay, and illnesses.
 */
final class CuedSpans {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final double SURE = 0.9;
  private static final double LESS_SURE = 0.85;

  /** How far behind a phrase its value may begin. */
  private static final int REACH = 32;

  private static final int PAY_REACH = 40;
  private static final int PERIOD_REACH = 24;
  private static final int RIGHT_BESIDE = 3;
  private static final int LEAST_PHONE = 7;
  private static final int MOST_PHONE = 15;
  private static final int LEAST_ID = 5;
  private static final int BACK = 40;

  /** How far what opens by a code may stand from where the code is said. */
  private static final int FAR = 48;

  /** So long words before a full stop end a sentence; shorter ones are abbreviations. */
  private static final int SHORT_WORD = 4;

  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?<![\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}\\d])(?:\\p{Lu}{1,4}["
              + " -]?)?\\d(?:[\\p{Lu}\\d.\\-/]|\\p{Ll}(?=[\\d.\\-/])| (?=(?:\\p{Lu}{1,2}"
              + " ?)?\\d))*\\p{Lu}{0,4}"
              + "|(?<![\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}\\d])(?=\\p{Lu}{0,6}\\d)[\\p{Lu}\\d][\\p{Lu}\\d\\-/.]{5,24}");
  private static final Pattern DATE =
      Pattern.compile(
          "(?<![\\d])(?:\\d{1,4}(\\. ?|[-/.]| [-/] )\\d{1,2}\\1\\d{1,4}(?![\\d])|\\d{4}[年년]"
              + " ?\\d{1,2}[月월] ?\\d{1,2}[日일]?"
              + "|(?:昭和|平成|令和|大正|民國|民国)\\d{1,2}年\\d{1,2}月\\d{1,2}日|\\d{1,2}(?:\\.|st|nd|rd|th|er|º|ª|°|-?го|-?е)?["
              + " -](?:\\p{L}{1,4}\\.? |d['’])?\\p{L}[\\p{L}\\p{M}'’]{2,14}\\.?,?[ -](?:\\p{L}{1,4}"
              + " )?\\d{4}(?!\\d)|\\p{L}[\\p{L}\\p{M}]{2,14}\\.? \\d{1,2}(?:st|nd|rd|th)?,?"
              + " \\d{4}(?!\\d)|\\d{4}[.,]?(?: (?:m|gada|g|году|г|р|ж|urteko)\\.?)?"
              + " \\p{L}[\\p{L}\\p{M}]{2,14} \\d{1,2}(?!\\d)|\\d{4}\\. gada \\d{1,2}\\."
              + " \\p{L}{4,12})",
          FLAGS);
  private static final Pattern PHONE =
      Pattern.compile(
          "(?<![\\d\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}#])\\+?\\(?\\d[\\d"
              + " ().\\-/–]{5,20}\\d(?!\\d|[.,]\\d)");
  private static final Pattern DATED =
      Pattern.compile(
          "(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](?:19|20)\\d{2}");
  private static final String CURRENCY =
      "(?:[A-Z]{0,2}[$€£¥₹₽₩₺₪฿₫₱₦₴₸৳₵₡₲]|(?:R\\$|Rp|RM|Rs|INR|USD|EUR|GBP|CHF|AUD|CAD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|RUB|UAH|TRY|TL|JPY|CNY|KRW|VND|IDR|MYR|THB|PHP|KES|KSh|Ksh|TSh|ZAR|NGN|EGP|SAR|AED|QAR|KWD|ILS|NIS|MXN|BRL|COP|ARS|CLP|PEN)\\.?"
          + "|eur\\p{L}{0,3}|ευρώ|евро|євро|dol+ar\\p{L}*|доллар\\p{L}*|долар\\p{L}*|pounds?|quid|zł\\p{L}*|zlot\\p{L}*|kr\\p{L}{0,7}\\.?|kč|korun\\p{L}*|ft|forint\\p{L}*|lei|лв\\.?|лева|руб\\p{L}*\\.?|р\\.|₽|грн\\.?|гривен\\p{L}*|тенге|динара?|lir[ae]?\\p{L}*|pesos?|reais|francs?|franken|soles|rupees|rupiah|ringgit|shillings?|shilingi|rand|naira"
          + "|ריאל|ש\"ח|שקל\\p{L}*|ريال|درهم|جنيه\\p{L}*|دينار|ليرة|دولار|يورو|تومان|ریال|روپے|रुपये|रुपए|रु\\.?|टका|টাকা|রুপি|ரூபாய்|రూపాయలు|ರೂಪಾಯಿ|രൂപ|บาท|元|块|円|원|万|萬|만|đồng|đ|triệu|tr|juta|jt|ribu|lakh\\p{L}?|lacs?|lpa|crore|लाख|লাখ|k|mil|тыс\\.?|тис\\.?|млн|tys\\.?|tis\\.?|tusen|mille)";
  private static final Pattern AMOUNT =
      Pattern.compile(
          "(?<![A-Za-z\\p{N}.,/-])(?:"
              + CURRENCY
              + " ?\\d[\\d.,' ]*(?:"
              + " ?(?:k|m|万|萬|만|mil|lakh|juta|jt|triệu|тыс\\.?))?(?![\\p{L}])|\\d(?:[\\d.,']|"
              + " (?=\\d{3}))*"
              + " ?(?:(?:万|萬|千|만|천|억|mil|тыс\\.?|тис\\.?|tys\\.?|tis\\.?|lakh|k|mio|million|juta|triệu|lakhs)"
              + " ?)?"
              + CURRENCY
              + "(?![A-Za-z\\p{IsCyrillic}]))",
          FLAGS);
  private static final Pattern BARE_AMOUNT =
      Pattern.compile(
          "(?<![\\p{N}.,/-])\\d{1,3}(?:[.,"
              + " ']\\d{3})+(?![\\d.,]\\d)|(?<![\\p{N}.,/-])\\d{4,7}(?![\\d.,/-])");
  private static final Pattern BLOOD =
      Pattern.compile(
          "(?<![\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}\\d])(?:(?:I{1,3}|IV|[1-4])?"
              + " ?\\(?(?:AB|A|B|O|0|АВ|А|В|О|Α|Β|Ο|ΑΒ)\\)?(?![A-Za-z\\p{IsCyrillic}\\p{IsGreek}])|IV|I{1,3}(?![\\p{L}]))");

  private CuedSpans() {}

  /** The places of a text whose digits are those of ASCII. */
  static List<Span> find(String text) {
    List<Hit> hits = CueLexicon.find(FoldedText.of(text));
    List<Span> found = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      int until = until(text, hits, i);
      switch (hit.cue()) {
        case PASSWORD, TOKEN, PIN -> CuedSecrets.find(text, hit, until, found);
        case CODE -> {
          if (isNear(hits, i, Cue.ACCESS)) {
            CuedSecrets.pin(text, hit, until, found);
          }
        }
        case ID -> number(text, hit, until, found);
        case BORN -> born(text, hit, until, found);
        case PHONE -> phone(text, hit, until, found);
        case PAY, PAY_WEAK -> pay(text, hits, i, found);
        case BLOOD -> blood(text, hit, until, found);
        case ALLERGY, SUFFERS, DIAGNOSIS -> CuedHealth.find(text, hit, until, found);
        case ILLNESS -> add(found, PersonalKind.MEDICAL, hit.start(), hit.end(), LESS_SURE);
        case NOTHING, ACCESS, PERIOD -> {}
      }
    }
    return found;
  }

  static void add(List<Span> found, PersonalKind kind, int start, int end, double confidence) {
    found.add(new Span(kind, start, end, confidence));
  }

  /** Up to where a phrase speaks: the next phrase that has a value, or the sentence's end. */
  private static int until(String text, List<Hit> hits, int index) {
    Hit hit = hits.get(index);
    int until = text.length();
    for (int i = index + 1; i < hits.size() && until == text.length(); i++) {
      Cue next = hits.get(i).cue();
      if (isValued(next)
          && next != hit.cue()
          && !(isSecret(hit.cue()) && !isEnding(next))
          && !(hit.cue() == Cue.BORN
              && next == Cue.ID
              && text.substring(hit.end(), hits.get(i).start()).indexOf(',') < 0)) {
        until = hits.get(i).start();
      }
    }
    return Math.min(until, sentenceEnd(text, hit.end()));
  }

  private static boolean isSecret(Cue cue) {
    return cue == Cue.PASSWORD || cue == Cue.TOKEN || cue == Cue.PIN || cue == Cue.CODE;
  }

  /** Whether a value belongs to a phrase that comes between it and one for a secret. */
  private static boolean isEnding(Cue cue) {
    return cue == Cue.ID || cue == Cue.BORN || cue == Cue.PAY;
  }

  private static boolean isValued(Cue cue) {
    return switch (cue) {
      case NOTHING, ILLNESS, PERIOD, ACCESS, CODE -> false;
      default -> true;
    };
  }

  private static boolean isNear(List<Hit> hits, int index, Cue cue) {
    Hit hit = hits.get(index);
    return hits.stream()
        .anyMatch(
            other ->
                other.cue() == cue
                    && other.end() >= hit.start() - FAR
                    && other.start() <= hit.end() + FAR);
  }

  private static int sentenceEnd(String text, int from) {
    boolean begun = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i + 1 >= text.length() || Character.isWhitespace(text.charAt(i + 1));
      if (c == '。' || c == '।' || c == '؛' || c == '۔') {
        return i;
      }
      if (last && c == ';') {
        return i;
      }
      if (begun && (c == '\n' || (last && (c == '!' || c == '?' || isStop(text, i))))) {
        return i;
      }
      begun |= Character.isLetterOrDigit(c);
    }
    return text.length();
  }

  /** A full stop that is not of an abbreviation or a number. */
  private static boolean isStop(String text, int at) {
    if (text.charAt(at) != '.') {
      return false;
    }
    int letters = 0;
    while (at - letters - 1 >= 0 && Character.isLetter(text.charAt(at - letters - 1))) {
      letters++;
    }
    return letters >= SHORT_WORD
        || (letters == 0 && !Character.isDigit(text.charAt(Math.max(0, at - 1))));
  }

  private static Matcher matcher(Pattern pattern, String text, int from, int to) {
    return pattern.matcher(text).region(from, Math.max(from, to)).useTransparentBounds(true);
  }

  private static void number(String text, Hit hit, int until, List<Span> found) {
    Matcher matcher = matcher(NUMBERED, text, hit.end(), until);
    while (matcher.find() && matcher.start() - hit.end() <= REACH) {
      String number = matcher.group();
      boolean apart =
          text.substring(hit.end(), matcher.start()).matches("(?s).*[,;(].*\\p{L}{4}.*");
      if (digits(number) >= LEAST_ID
          && number.length() <= 28
          && !apart
          && !DATED.matcher(number).find()
          && !SpanRules.isThing(text, matcher.start())) {
        add(found, PersonalKind.NATIONAL_ID, matcher.start(), matcher.end(), SURE);
        return;
      }
    }
  }

  private static void born(String text, Hit hit, int until, List<Span> found) {
    Matcher matcher = matcher(DATE, text, hit.end(), until);
    if (matcher.find() && matcher.start() - hit.end() <= REACH && isDay(matcher.group())) {
      add(found, PersonalKind.DATE_OF_BIRTH, matcher.start(), matcher.end(), SURE);
    } else {
      bornBefore(text, hit, found);
    }
  }

  private static void bornBefore(String text, Hit hit, List<Span> found) {
    Matcher matcher = matcher(DATE, text, Math.max(0, hit.start() - BACK), hit.start());
    while (matcher.find()) {
      if (hit.start() - matcher.end() <= RIGHT_BESIDE && isDay(matcher.group())) {
        add(found, PersonalKind.DATE_OF_BIRTH, matcher.start(), matcher.end(), LESS_SURE);
      }
    }
  }

  private static boolean isDay(String date) {
    return digits(date) >= 4;
  }

  private static void phone(String text, Hit hit, int until, List<Span> found) {
    Matcher matcher = matcher(PHONE, text, hit.end(), until);
    if (matcher.find() && matcher.start() - hit.end() <= REACH && isPhone(text, matcher)) {
      add(found, PersonalKind.PHONE, matcher.start(), matcher.end(), LESS_SURE);
      return;
    }
    if (hit.start() > 0 && text.charAt(hit.start() - 1) == '(') {
      Matcher before = matcher(PHONE, text, Math.max(0, hit.start() - BACK), hit.start());
      while (before.find()) {
        if (hit.start() - before.end() <= RIGHT_BESIDE && isPhone(text, before)) {
          add(found, PersonalKind.PHONE, before.start(), before.end(), LESS_SURE);
        }
      }
    }
  }

  private static boolean isPhone(String text, Matcher matcher) {
    int digits = digits(matcher.group());
    return digits >= LEAST_PHONE
        && digits <= MOST_PHONE
        && !DATED.matcher(matcher.group()).find()
        && !matcher.group().matches(".*\\d[.,]\\d{2} .*|\\d{4}/\\d{4}|(?:\\d{1,3}\\.){3}\\d{1,3}")
        && !SpanRules.isThing(text, matcher.start());
  }

  private static void pay(String text, List<Hit> hits, int index, List<Span> found) {
    Hit hit = hits.get(index);
    int until = Math.min(sentenceEnd(text, hit.end()), text.length());
    Matcher amount = matcher(AMOUNT, text, hit.end(), until);
    if (amount.find() && amount.start() - hit.end() <= PAY_REACH && digits(amount.group()) >= 1) {
      boolean timed = hit.cue() == Cue.PAY || isTimed(hits, index, amount);
      if (timed && !text.substring(hit.end(), amount.start()).contains("%")) {
        add(found, PersonalKind.SALARY, amount.start(), amount.end(), SURE);
      }
      return;
    }
    Matcher bare = matcher(BARE_AMOUNT, text, hit.end(), until);
    if (hit.cue() == Cue.PAY
        && bare.find()
        && bare.start() - hit.end() <= PERIOD_REACH
        && !bare.group().matches("(?:19|20)\\d{2}")) {
      add(found, PersonalKind.SALARY, bare.start(), bare.end(), LESS_SURE);
    }
  }

  /** Whether a time stands beside an amount. */
  private static boolean isTimed(List<Hit> hits, int index, Matcher amount) {
    return hits.stream()
        .skip(index + 1L)
        .anyMatch(
            next ->
                next.cue() == Cue.PERIOD
                    && next.start() >= amount.end() - RIGHT_BESIDE
                    && next.start() - amount.end() <= PERIOD_REACH);
  }

  private static void blood(String text, Hit hit, int until, List<Span> found) {
    Matcher matcher = matcher(BLOOD, text, hit.end(), until);
    if (matcher.find() && matcher.start() - hit.end() <= PERIOD_REACH) {
      add(found, PersonalKind.MEDICAL, hit.start(), matcher.end(), SURE);
    }
  }

  static int digits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
    }
    return digits;
  }
}
