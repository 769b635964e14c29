package dev.lakehouse.ingest.classify.kind;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Card numbers and IBANs. */
final class Payment {
  static final String CARD_WRITTEN = "\\d(?:[ -]?\\d){12,18}";
  static final int LEAST_IBAN = 8;
  private static final Pattern CARD = Pattern.compile(CARD_WRITTEN);
  private static final Pattern GROUPED =
      Pattern.compile(
          "\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{1,7}|\\d{4}([ -])\\d{6}\\2\\d{4,5}|\\d{13,19}");
  private static final Pattern MASKED =
      Pattern.compile("(?:\\d{4}[ -]?)?(?:[*xX•#]{2,4}[ -]?){2,4}\\d{4}");
  private static final Pattern ISSUER =
      Pattern.compile(
          "4\\d*|5[1-5]\\d*|2(22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)\\d*|3[47]\\d*"
              + "|3(0[0-5]|09|6|8|9)\\d*|6(011|22|4[4-9]|5|2|0|37)\\d*|35(2[89]|[3-8]\\d)\\d*"
              + "|(5018|5020|5038|5893|6304|6759|6761|6762|6763|50|5[6-9])\\d*|9792\\d*|220[0-4]\\d*");
  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");
  private static final Map<String, Integer> IBAN_LENGTHS =
      Map.ofEntries(
          e("AD", 24),
          e("AE", 23),
          e("AL", 28),
          e("AT", 20),
          e("AZ", 28),
          e("BA", 20),
          e("BE", 16),
          e("BG", 22),
          e("BH", 22),
          e("BR", 29),
          e("BY", 28),
          e("CH", 21),
          e("CR", 22),
          e("CY", 28),
          e("CZ", 24),
          e("DE", 22),
          e("DK", 18),
          e("DO", 28),
          e("EE", 20),
          e("EG", 29),
          e("ES", 24),
          e("FI", 18),
          e("FO", 18),
          e("FR", 27),
          e("GB", 22),
          e("GE", 22),
          e("GI", 23),
          e("GL", 18),
          e("GR", 27),
          e("GT", 28),
          e("HR", 21),
          e("HU", 28),
          e("IE", 22),
          e("IL", 23),
          e("IQ", 23),
          e("IS", 26),
          e("IT", 27),
          e("JO", 30),
          e("KW", 30),
          e("KZ", 20),
          e("LB", 28),
          e("LC", 32),
          e("LI", 21),
          e("LT", 20),
          e("LU", 20),
          e("LV", 21),
          e("MC", 27),
          e("MD", 24),
          e("ME", 22),
          e("MK", 19),
          e("MR", 27),
          e("MT", 31),
          e("MU", 30),
          e("NL", 18),
          e("NO", 15),
          e("PK", 24),
          e("PL", 28),
          e("PS", 29),
          e("PT", 25),
          e("QA", 29),
          e("RO", 24),
          e("RS", 22),
          e("SA", 24),
          e("SC", 31),
          e("SE", 24),
          e("SI", 19),
          e("SK", 24),
          e("SM", 27),
          e("TL", 23),
          e("TN", 24),
          e("TR", 26),
          e("UA", 29),
          e("VA", 22),
          e("VG", 24),
          e("XK", 20));

  private Payment() {}

  private static Map.Entry<String, Integer> e(String country, int length) {
    return Map.entry(country, length);
  }

  static boolean isCardShaped(String value) {
    return CARD.matcher(value).matches();
  }

  /** Length, writing, issuer's range and Luhn digit are those of a payment card. */
  static boolean isCard(String value) {
    if (!GROUPED.matcher(value).matches()) {
      return false;
    }
    String digits = NationalIds.bare(value);
    return digits.length() >= 13
        && digits.length() <= 19
        && ISSUER.matcher(digits).matches()
        && lengthFits(digits)
        && digits.chars().distinct().count() > 1
        && CheckDigits.luhn(digits);
  }

  private static boolean lengthFits(String digits) {
    return switch (digits.charAt(0)) {
      case '4' -> digits.length() == 13 || digits.length() == 16 || digits.length() == 19;
      case '2' -> digits.length() == 16;
      case '3' ->
          (digits.charAt(1) == '4' || digits.charAt(1) == '7')
              ? digits.length() == 15
              : digits.charAt(1) == '5' ? digits.length() >= 16 : digits.length() >= 14;
      case '5' ->
          (digits.charAt(1) >= '1' && digits.charAt(1) <= '5')
              ? digits.length() == 16
              : digits.length() == 12 || digits.length() >= 16;
      default -> digits.length() >= 12;
    };
  }

  static boolean isMaskedCard(String value) {
    return value.length() >= 12 && MASKED.matcher(value).matches();
  }

  /** Country, its length and the check by 97 of ISO 13616. */
  static boolean isIban(String value) {
    String bare = NationalIds.bare(value);
    Integer length = bare.length() < 15 ? null : IBAN_LENGTHS.get(bare.substring(0, 2));
    if (length == null || length != bare.length() || !IBAN.matcher(bare).matches()) {
      return false;
    }
    StringBuilder digits = new StringBuilder(60);
    for (int i = 0; i < bare.length(); i++) {
      digits.append(Character.digit(bare.charAt((i + 4) % bare.length()), 36));
    }
    return CheckDigits.mod97(digits.toString()) == 1;
  }

  /**
   * Where an IBAN that begins at a place ends, 0 if none does: as many letters and digits as its
   * country's have, with single spaces or hyphens between.
   */
  static int ibanEnd(String text, int from) {
    Integer wanted =
        from + 2 > text.length()
            ? null
            : IBAN_LENGTHS.get(text.substring(from, from + 2).toUpperCase(Locale.ROOT));
    int length = wanted == null ? 0 : wanted;
    StringBuilder bare = new StringBuilder(length);
    int at = from;
    while (at < text.length() && bare.length() < length) {
      char c = text.charAt(at);
      boolean mark = c == ' ' || c == '-' || c == '\u00a0';
      boolean alone = at > from && Character.isLetterOrDigit(text.charAt(at - 1));
      if (c < 128 && Character.isLetterOrDigit(c)) {
        bare.append(Character.toUpperCase(c));
      } else if (!mark || !alone) {
        return 0;
      }
      at++;
    }
    boolean whole = at == text.length() || !Character.isLetterOrDigit(text.charAt(at));
    return length > 0 && whole && isIban(bare.toString()) ? at : 0;
  }
}
