package dev.lakehouse.ingest.classify.kind;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.regex.Pattern;

/** Phone numbers, by the plans of many countries. */
final class Phones {
  static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

  /** The countries in which a number without a prefix is tried, the frequent first. */
  static final List<String> REGIONS =
      List.of(
          "US", "GB", "DE", "FR", "IN", "BR", "IT", "ES", "NL", "CN", "JP", "AU", "MX", "PL", "SE",
          "CH", "AT", "BE", "PT", "RU", "TR", "KR", "ZA", "NO", "DK", "FI", "IE", "NZ", "AR", "CZ",
          "GR", "HU", "RO", "IL", "EG", "ID", "NG", "UA", "CL", "CO");

  /** The countries whose numbers are also written without any separator. */
  private static final int BARE_REGIONS = 18;

  private static final Pattern SHAPE =
      Pattern.compile(
          "\\+?\\(?\\+?\\d[\\d\\s().\\-/\\u2013\\u00a0]{3,22}\\d\\)?"
              + "(\\s*(x|ext\\.?|#|extension)\\s*\\d{1,6})?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern POSSIBLE = Pattern.compile("\\+?[\\d\\s().\\-/\\u00a0]+");
  private static final Pattern OTHER =
      Pattern.compile(
          "\\d{3}-\\d{2}-\\d{4}|\\d{5}-\\d{4}|97[89][-"
              + " ].*|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}[ T].*"
              + "|(\\d{1,3}\\.){3}\\d{1,3}|-?\\d+[.,]\\d+|\\d{1,3}(\\.\\d{3})+|(19|20)\\d{2}[-/]\\d{3,6}|\\d{4}(["
              + " -]\\d{4}){2,3}|\\d{1,3}( \\d{3})+|\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}"
              + "|\\d{5}-\\d{7}-\\d|\\d{3}-\\d{7}-\\d{7}|\\d{6}[-/+]\\d{3,4}|\\d{6}-\\d{7}"
              + "|\\d{2}[-]\\d{7}|\\d{2}\\.\\d{3}\\.\\d{3}-\\d|\\d{5}-\\d{3}|\\d+-\\d|\\d{1,2}:.*|\\d+(\\.\\d+){3,}|(19|20)\\d{2}[-"
              + " ]?(19|20)\\d{2}|756\\.\\d{4}\\.\\d{4}\\.\\d{2}",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NORTH_AMERICAN =
      Pattern.compile(
          "(1|001)?[-. ]?(\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[-.])[-. ]?[2-9]?\\d{2,3}[-. ]\\d{4}"
              + "(\\s*(x|ext\\.?)\\s*\\d{1,6})?",
          Pattern.CASE_INSENSITIVE);

  private Phones() {}

  /** Whether the value is written as phone numbers are and as nothing else is. */
  static boolean isShaped(String value, int digits) {
    return digits >= 6
        && digits <= 21
        && SHAPE.matcher(value).matches()
        && !OTHER.matcher(value).matches();
  }

  static final int LEAST_DIGITS = 7;

  /** Whether the value has as many digits as phone numbers, and no mark that they have not. */
  static boolean isPossible(String value, int digits) {
    return digits >= 7 && digits <= 15 && POSSIBLE.matcher(value).matches();
  }

  static boolean isInternational(String value) {
    String at = value.startsWith("(+") ? value.substring(1) : value;
    if (at.startsWith("00") && !at.startsWith("001-")) {
      at = "+" + at.substring(2);
    }
    if (!at.startsWith("+")) {
      return false;
    }
    PhoneNumber number = parse(at.replace("(0)", ""), "ZZ");
    return number != null
        && (value.startsWith("00") ? UTIL.isValidNumber(number) : UTIL.isPossibleNumber(number));
  }

  static boolean isLocal(String value) {
    if (NORTH_AMERICAN.matcher(value).matches()) {
      return true;
    }
    for (String region : REGIONS) {
      if (isValid(value, region)) {
        return true;
      }
    }
    return false;
  }

  /** A bit for each country in which the digits are a valid number. */
  static long bareRegions(String digits) {
    long found = 0;
    for (int i = 0; i < BARE_REGIONS; i++) {
      if (isValid(digits, REGIONS.get(i))) {
        found |= 1L << i;
      }
    }
    return found;
  }

  private static boolean isValid(String value, String region) {
    PhoneNumber number = parse(value, region);
    return number != null && UTIL.isValidNumberForRegion(number, region);
  }

  private static @org.jspecify.annotations.Nullable PhoneNumber parse(String value, String region) {
    try {
      return UTIL.parse(value, region);
    } catch (NumberParseException notOne) {
      return null;
    }
  }
}
