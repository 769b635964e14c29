package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.ingest.classify.kind.CueLexicon.Hit;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passwords, tokens and secret digits beside a phrase that says so. */
final class CuedSecrets {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** Words between a phrase and a secret that has letters and digits. */
  private static final int MOST_WORDS = 4;

  /** The same, if it is of three kinds of characters. */
  private static final int MOST_WORDS_IF_MIXED = 8;

  private static final int MOST_WORDS_OF_DIGITS = 2;
  private static final int MOST_WORDS_OF_PIN = 5;

  /** Characters of scripts that set no words apart count as a word by so many. */
  private static final int UNSPACED_WORD = 4;

  private static final int REACH = 80;
  private static final int PIN_REACH = 44;
  private static final int BACK = 48;
  private static final int LEAST = 4;
  private static final int LEAST_TOKEN = 8;

  private static final String NOT_WITHIN = "\"'“”„«»‹›`,;()<>[]{}|،؛؟।۔、。「」『』【】《》・…\u200b";

  /** What stands for a secret. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "[$%{<*].*|x+|X+|null|none|nil|true|false|undefined|required|optional|string|str|text|char|varchar|password|passwd|secret|token|value|your[_-].*|yourpass\\w*|my[_-]?(?:pass|password|secret|token|key)\\w*|[a-z0-9_.-]*[._-](?:key|token|secret|password|pass|id|name|file)|redacted|hidden|empty|unset|env[._(].*|os\\.env.*|process\\.env.*|get(?:env|pass|secret|_)\\w*|prompt|input|\\*+",
          Pattern.CASE_INSENSITIVE);

  /** Words with digits that are no secrets. */
  private static final Pattern OTHER =
      Pattern.compile(
          "v?\\d+(?:\\.\\d+)+[a-z]?|\\d+[.,]?\\d*(?:st|nd|rd|th|er|ème|º|ª|mg|g|kg|ml|cl|l|cm|mm|m|km|gb|mb|kb|tb|ghz|mhz|h|hs|min|s|ms|px|x|k|d|€|%|\\$|£|am|pm|uhr)"
              + "|\\d+[-–]\\p{L}+|\\p{L}{1,3}\\d|(?:socksv?|pgp|wpa|wep|sha|md|aes|rsa|utf|base|oauth|http|ipv|tls|ssl|web|win|windows|ios|mp|h|s|ec|log|win|id|api|v|q|kb)[-_]?\\d{1,4}(?:[-.]\\w+)?|\\d?[12]fa|802\\.\\S+|ieee\\S*|covid-?19"
              + "|https?:.*|www\\..*|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)*\\.\\p{L}{2,}|\\S+\\.(?:com|org|net|io|de|fr|es|it|ru|pdf|csv|txt|html?|xml|json|ya?ml|py|java|js|ts|md|docx?|xlsx?|png|jpe?g|zip|sh|log|cfg|conf|ini|properties)(?:/\\S*|:\\d+)?"
              + "|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}(?:T\\S+)?|\\d{1,2}[:h.]\\d{2}(?:[:.]\\d{2})?|(?-i:[A-Z]{1,5}[-/#]?\\d{2,}(?:[-/]\\d+)*)|\\w+=\\d+|#\\d+|\\+?\\d[\\d().-]{6,}|(?:\\d{1,3}\\.){3}\\d{1,3}(?:[:/]\\d+)?|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|\\d+/\\d+|\\p{L}+/\\p{L}+|[$£€]\\d.*|\\d+\\p{Sc}",
          FLAGS);

  private static final Pattern PIN =
      Pattern.compile(
          "(?<![\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}\\d.,/+$€£#@])(?:(?:[A-Z]-)?\\d{3,10}(?:[-"
              + " ]\\d{2,4}(?!\\d)){0,3}|\\d{2}(?:[-"
              + " ]\\d{2}){1,3}|\\d(?:-\\d){3,5})[#*]?(?!\\d|[.,/:-]\\d|-?\\p{IsLatin}|"
              + " ?(?:%|€|\\$|£|eur|usd|kr\\b|zł|руб|грн|元|円|원|บาท|digits?\\b|stell|ziffer|cif|dígit|digit|chiff|символ|знак|цифр|hane|位|桁|자리|文字|znak|číslic|merk|tek[ek]n|siffr|siffer|char|zeichen|caract|mb\\b|gb\\b|kb\\b|mg\\b|ms\\b|min|sec|sek|day|hour|times|people|users|row))",
          FLAGS);
  private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d{2}");
  private static final int MOST_PIN = 8;
  private static final int LONG_PIN = 7;

  /** That what follows is where a code goes to, or is of something else. */
  private static final Pattern SENT_TO =
      Pattern.compile(
          "(?iu)(?:\\b(?:order|room|page|step|line|port|error|after|until|within|since|every|in|seit|desde|depuis|dal|sinds|od|from|im|nel|bis|ab|until|till|since|tel|phone|call|telefon|telefono)\\s+$|.{12,},|[.;])");

  private static final Pattern OF_A_CODE =
      Pattern.compile(
          "(?iu).*(?:code|kod|cod|код|otp|码|碼|コード|番号|번호|코드|رمز|كود|کد|קוד|कोड|ওটিপি|mã|รหัส|pin|puk).*");
  private static final Pattern USER =
      Pattern.compile(
          "(?iusU).*\\b(?:user(?:name|id)?|login|log"
              + " ?in|account|uid|usr|usuari[oa]|usuário|utente|utilisateur|identifiant|benutzer(?:name)?|логин|логін|пользователь|користувач|użytkownik|uživatel\\w*|korisni\\w+|kullanıcı\\w*|gebruiker\\w*|användar\\w*|bruker\\w*|bruger\\w*|käyttäjä\\w*|root|admin|用户名?|账号|帐号|帳號|ID|ユーザー\\w*|아이디|ชื่อผู้ใช้|المستخدم|משתמש|tên"
              + " đăng nhập|tài khoản|pengguna)\\b.{0,30}");

  private CuedSecrets() {}

  /** Whether a word stands where a secret would, but is none. */
  static boolean isPlaceholder(String token) {
    return PLACEHOLDER.matcher(token).matches() || OTHER.matcher(token).matches();
  }

  static void find(String text, Hit hit, int until, List<Span> found) {
    if (hit.cue() == Cue.PIN && pin(text, hit, until, found)) {
      return;
    }
    if (!behind(text, hit, Math.min(until, hit.end() + REACH), found)) {
      before(text, hit, found);
    }
  }

  /** Finds secret digits behind a phrase, or right before it. */
  static boolean pin(String text, Hit hit, int until, List<Span> found) {
    Matcher matcher =
        PIN.matcher(text)
            .region(hit.end(), Math.max(hit.end(), Math.min(until, hit.end() + PIN_REACH)))
            .useTransparentBounds(true);
    if (matcher.find()
        && words(text, hit.end(), matcher.start()) <= MOST_WORDS_OF_PIN
        && CuedSpans.digits(matcher.group()) <= MOST_PIN
        && !(hit.cue() == Cue.CODE && text.substring(hit.end(), matcher.start()).indexOf(',') >= 0)
        && !SENT_TO.matcher(text.substring(hit.end(), matcher.start())).find()
        && !isIndianPost(text, hit, matcher.group())
        && !(CuedSpans.digits(matcher.group()) >= LONG_PIN
            && SpanRules.isThing(text, matcher.start()))) {
      add(found, matcher.start(), matcher.end());
      return true;
    }
    if (!OF_A_CODE.matcher(text.substring(hit.start(), hit.end())).matches()) {
      return false;
    }
    int from = Math.max(0, hit.start() - PIN_REACH);
    Matcher before = PIN.matcher(text).region(from, hit.start()).useTransparentBounds(true);
    while (before.find()) {
      String between = text.substring(before.end(), hit.start());
      if (CuedSpans.digits(before.group()) >= LEAST
          && words(text, before.end(), hit.start()) <= MOST_WORDS_OF_DIGITS + 1
          && !YEAR.matcher(before.group()).matches()
          && !between.matches("(?s).*[.,;:!?/\\n].*")
          && !SpanRules.isThing(text, before.start())) {
        add(found, before.start(), before.end());
        return true;
      }
    }
    return false;
  }

  /** In India a pin is a postal code: six digits behind a place. */
  private static boolean isIndianPost(String text, Hit hit, String digits) {
    int before = hit.start() - 1;
    while (before > 0 && text.charAt(before) == ' ') {
      before--;
    }
    return digits.matches("[1-9]\\d{2} ?\\d{3}")
        && text.substring(hit.start(), hit.end())
            .toLowerCase(java.util.Locale.ROOT)
            .startsWith("pin")
        && before > 0
        && (text.charAt(before) == ',' || text.charAt(before) == '-');
  }

  private static boolean behind(String text, Hit hit, int until, List<Span> found) {
    int at = hit.end();
    int words = 0;
    int unspaced = 0;
    while (at < until) {
      char c = text.charAt(at);
      if (!isWithin(c)) {
        unspaced += FoldedText.isUnspaced(c) ? 1 : 0;
        at++;
        continue;
      }
      int start = at;
      while (at < text.length() && isWithin(text.charAt(at))) {
        at++;
      }
      int first = start;
      while (first < at && ":=-–—>→.!?~#*/\\".indexOf(text.charAt(first)) >= 0) {
        first++;
      }
      int last = at;
      while (last > first && ".,:;!?".indexOf(text.charAt(last - 1)) >= 0) {
        last--;
      }
      if (last == first) {
        continue;
      }
      int behind = words + unspaced / UNSPACED_WORD;
      if (isSecret(text, hit, first, last, behind)) {
        add(found, first, last);
        return true;
      }
      words++;
      if (words > MOST_WORDS_IF_MIXED) {
        return false;
      }
    }
    return false;
  }

  private static boolean isSecret(String text, Hit hit, int first, int last, int words) {
    String token = text.substring(first, last);
    String between = text.substring(hit.end(), first);
    if (token.length() < LEAST || token.length() > 200) {
      return false;
    }
    boolean direct = between.matches("[\"'\\])]?\\s?[:=]{1,2}>?\\s?[\"'“„«「]?|\\s?[\"'“„«「]");
    boolean config =
        direct && between.matches("=|[\"'\\]]{1,2}\\s?[:=]\\s?[\"']|\\s?=\\s?[\"']|:\\s?[\"']");
    boolean digit = CuedSpans.digits(token) > 0;
    boolean letter = token.chars().anyMatch(Character::isLetter);
    boolean mark = token.chars().anyMatch(c -> "!@#$%^&*+?~§".indexOf(c) >= 0);
    if (PLACEHOLDER.matcher(token).matches() || between.matches("(?s).*[{<$%]")) {
      return false;
    }
    if (config) {
      return (hit.cue() != Cue.PIN || digit) && !token.matches("\\p{Lu}+");
    }
    if (!letter) {
      boolean year = YEAR.matcher(token).matches();
      return hit.cue() != Cue.TOKEN
          && token.matches("\\d{4,12}[#*]?")
          && words <= MOST_WORDS_OF_DIGITS
          && (direct || !year)
          && !SpanRules.isThing(text, first);
    }
    if (hit.cue() == Cue.PIN
        && words <= 2
        && token.matches("(?=.*\\d.*\\d)[\\p{Lu}\\d]{4,8}[#*]?")) {
      return true;
    }
    if (OTHER.matcher(token).matches() && !(direct && token.matches("[A-Z]{4,}\\d{2,}"))) {
      return false;
    }
    boolean mixed = Secrets.isMixed(token) && (digit || mark);
    if (hit.cue() == Cue.TOKEN) {
      return token.length() >= LEAST_TOKEN
          && words <= MOST_WORDS
          && digit
          && (mixed
              || token.length() >= 16
              || direct
              || (paired(text, first) && token.length() >= 8));
    }
    if (mixed && token.length() >= 6) {
      return words <= MOST_WORDS_IF_MIXED;
    }
    if ((digit && token.length() >= 5) || (mark && token.length() >= 6)) {
      return words <= MOST_WORDS;
    }
    boolean phrase = token.matches("\\p{Ll}{3,}(?:[-_.]\\p{Ll}{3,}){2,}");
    boolean capitals = token.matches("\\p{Lu}\\p{Ll}+\\p{Lu}\\p{L}+");
    boolean quoted = direct && between.matches("(?s).*[\"'“„«「]");
    boolean paired =
        direct
            && USER.matcher(text.substring(Math.max(0, hit.start() - BACK), hit.start())).matches();
    return (phrase && words <= 1) || ((capitals || quoted) && words <= 1 && direct) || paired;
  }

  /** Whether a user's name stands before it, with a slash between. */
  private static boolean paired(String text, int first) {
    return first > 3 && text.startsWith(" / ", first - 3);
  }

  /** A secret of three kinds of characters that is said behind it to be one. */
  private static void before(String text, Hit hit, List<Span> found) {
    int end = hit.start();
    int stop = Math.max(0, hit.start() - BACK);
    int words = 0;
    while (end > stop && words <= MOST_WORDS) {
      while (end > stop && !isWithin(text.charAt(end - 1))) {
        if (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == ';') {
          return;
        }
        end--;
      }
      int start = end;
      while (start > 0 && isWithin(text.charAt(start - 1))) {
        start--;
      }
      if (start == end) {
        return;
      }
      int last = end;
      while (last > start && ".,:;".indexOf(text.charAt(last - 1)) >= 0) {
        last--;
      }
      if (last < end && words > 0) {
        return;
      }
      String token = text.substring(start, last);
      if (token.length() >= 7
          && CuedSpans.digits(token) > 0
          && Secrets.isMixed(token)
          && !OTHER.matcher(token).matches()
          && !PLACEHOLDER.matcher(token).matches()) {
        add(found, start, last);
        return;
      }
      words++;
      end = start;
    }
  }

  private static boolean isWithin(char c) {
    return c > ' '
        && c != '\u00a0'
        && c != '\u3000'
        && NOT_WITHIN.indexOf(c) < 0
        && !FoldedText.isUnspaced(c);
  }

  private static int words(String text, int from, int to) {
    int words = 0;
    int unspaced = 0;
    boolean within = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (FoldedText.isUnspaced(c)) {
        unspaced++;
        within = false;
      } else {
        boolean letter = FoldedText.isLetter(c);
        words += letter && !within ? 1 : 0;
        within = letter;
      }
    }
    return words + unspaced / UNSPACED_WORD;
  }

  private static void add(List<Span> found, int start, int end) {
    CuedSpans.add(found, PersonalKind.CREDENTIALS, start, end, 0.9);
  }
}
