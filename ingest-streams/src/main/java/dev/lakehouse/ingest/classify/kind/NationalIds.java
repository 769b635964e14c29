package dev.lakehouse.ingest.classify.kind;

import static dev.lakehouse.ingest.classify.kind.CheckDigits.at;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.isDay;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.luhn;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.mod11And10;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.mod97;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.two;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.weighted;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Numbers for persons of many countries. The rules are those of the issuing authorities, as
 * Wikipedia's page on national identification numbers collects them.
 */
final class NationalIds {
  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  private static final int LONGEST = 24;

  static final List<NationalId> ALL = new ArrayList<>();

  static {
    northAmerica();
    westernEurope();
    northernEurope();
    easternEurope();
    latinAmerica();
    asia();
    elsewhere();
  }

  private NationalIds() {}

  /** The schemes that the value satisfies. */
  static List<NationalId> of(String value) {
    if (value.length() < 8 || value.length() > LONGEST) {
      return List.of();
    }
    String bare = bare(value);
    if (bare.length() < 8) {
      return List.of();
    }
    List<NationalId> found = List.of();
    for (NationalId id : ALL) {
      if (id.matches(value, bare)) {
        if (found.isEmpty()) {
          found = new ArrayList<>(2);
        }
        found.add(id);
      }
    }
    return found;
  }

  /** Digits and letters alone, letters upper case. */
  static String bare(String value) {
    StringBuilder bare = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 128 && Character.isLetterOrDigit(c)) {
        bare.append(c);
      }
    }
    return bare.toString().toUpperCase(Locale.ROOT);
  }

  private static void add(String name, String written, double chance, Predicate<String> valid) {
    ALL.add(new NationalId(name, Pattern.compile(written), chance, valid));
  }

  private static void northAmerica() {
    add("us-ssn", "\\d{3}([- ])\\d{2}\\1\\d{4}", 0, NationalIds::isSsn);
    add("us-ssn-bare", "\\d{9}", 0.89, NationalIds::isSsn);
    add("us-itin", "9\\d{2}([- ])[5-9]\\d\\1\\d{4}", 0, id -> true);
    add("ca-sin", "\\d{3}[- ]\\d{3}[- ]\\d{3}", 0.1, id -> id.charAt(0) != '0' && luhn(id));
    add("mx-curp", "[A-Za-z]{4}\\d{6}[HMXhmx][A-Za-z]{5}[A-Za-z0-9]\\d", 0, id -> isDate(id, 4));
    add("mx-rfc", "[A-ZÑ&]{4}\\d{6}[A-Z0-9]{3}", 0, id -> id.length() == 13 && isDate(id, 4));
  }

  private static boolean isSsn(String id) {
    int area = Integer.parseInt(id.substring(0, 3));
    return area != 0 && area != 666 && area < 900 && two(id, 3) != 0 && !id.endsWith("0000");
  }

  private static void westernEurope() {
    add(
        "gb-nino",
        "(?i)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]?",
        0,
        id -> !id.matches("(BG|GB|KN|NK|NT|TN|ZZ).*") && id.length() == 9);
    add("gb-nhs", "\\d{3}[- ]\\d{3}[- ]\\d{4}", 0.09, NationalIds::isNhs);
    add("gb-nhs-bare", "\\d{10}", 0.09, NationalIds::isNhs);
    add("de-steuer-id", "[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}", 0.03, NationalIds::isSteuerId);
    add(
        "de-rvnr",
        "\\d{2} ?\\d{6} ?[A-Z] ?\\d{3}",
        0,
        id -> two(id, 4) >= 1 && two(id, 4) <= 12 && two(id, 2) >= 1 && two(id, 2) <= 31);
    add(
        "fr-nir",
        "[1-478] ?\\d{2} ?(0[1-9]|1[0-2]|[2-9]\\d) ?(\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?[ -]?\\d{2}",
        0.01,
        NationalIds::isNir);
    add("es-dni", "\\d{8}[- ]?[A-Za-z]", 0.04, id -> isDni(id));
    add("es-nie", "[XYZxyz][- ]?\\d{7}[- ]?[A-Za-z]", 0.02, NationalIds::isNie);
    add(
        "it-codice-fiscale",
        "(?i)[A-Z]{6} ?[0-9LMNP-V]{2} ?[ABCDEHLMPRST][0-9LMNP-V]{2} ?[A-Z][0-9LMNP-V]{3} ?[A-Z]",
        0,
        id -> true);
    add(
        "nl-bsn",
        "\\d{9}|\\d{3}[. ]\\d{3}[. ]\\d{3}|\\d{4}\\.\\d{2}\\.\\d{3}",
        0.09,
        NationalIds::isBsn);
    add(
        "be-rrn",
        "\\d{2}\\.?\\d{2}\\.?\\d{2}[- ]?\\d{3}[. ]?\\d{2}",
        0.002,
        NationalIds::isRijksregister);
    add("ch-ahv", "756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}", 0.0001, NationalIds::isEan13);
    add("at-svnr", "[1-9]\\d{3}[ -]?\\d{6}", 0.004, NationalIds::isSvnr);
    add("pt-nif", "[123]\\d{2}[ .]?\\d{3}[ .]?\\d{3}", 0.1, NationalIds::isNif);
    add("ie-pps", "\\d{7}[A-W][A-IW]?", 0.04, NationalIds::isPps);
  }

  private static boolean isNhs(String id) {
    int check = 11 - weighted(id, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return check != 10 && check % 11 == at(id, 9);
  }

  private static boolean isSteuerId(String id) {
    int[] seen = new int[10];
    for (int i = 0; i < 10; i++) {
      seen[at(id, i)]++;
    }
    int repeated = 0;
    for (int count : seen) {
      if (count > 3) {
        return false;
      }
      repeated += count > 1 ? 1 : 0;
    }
    return repeated == 1 && mod11And10(id);
  }

  private static boolean isNir(String id) {
    if (id.length() != 15) {
      return false;
    }
    String number = id.substring(0, 13).replace("2A", "19").replace("2B", "18");
    return number.chars().allMatch(Character::isDigit)
        && 97 - mod97(number) == Integer.parseInt(id.substring(13));
  }

  private static boolean isDni(String id) {
    return DNI_LETTERS.charAt(Integer.parseInt(id.substring(0, 8)) % 23) == id.charAt(8);
  }

  private static boolean isNie(String id) {
    return isDni("XYZ".indexOf(id.charAt(0)) + id.substring(1));
  }

  private static boolean isBsn(String id) {
    return weighted(id, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0 && !id.startsWith("00000");
  }

  private static boolean isRijksregister(String id) {
    if (!isDay(two(id, 0), two(id, 2), two(id, 4))) {
      return false;
    }
    int check = Integer.parseInt(id.substring(9));
    return 97 - mod97(id.substring(0, 9)) == check || 97 - mod97("2" + id.substring(0, 9)) == check;
  }

  private static boolean isEan13(String id) {
    return weighted(id, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
  }

  private static boolean isSvnr(String id) {
    return isDay(two(id, 8), two(id, 6), two(id, 4))
        && weighted(id, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11 == at(id, 3);
  }

  private static boolean isNif(String id) {
    int rest = weighted(id, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (rest < 2 ? 0 : 11 - rest) == at(id, 8);
  }

  private static boolean isPps(String id) {
    int sum = weighted(id, 8, 7, 6, 5, 4, 3, 2);
    if (id.length() == 9 && id.charAt(8) != 'W') {
      sum += (id.charAt(8) - 'A' + 1) * 9;
    }
    return "WABCDEFGHIJKLMNOPQRSTUV".charAt(sum % 23) == id.charAt(7);
  }

  private static void northernEurope() {
    add(
        "se-personnummer",
        "(18|19|20)?\\d{6}[-+]?\\d{4}",
        0.003,
        id -> {
          String ten = id.substring(id.length() - 10);
          return isDay(two(ten, 0), two(ten, 2), (two(ten, 4) - 1) % 60 + 1) && luhn(ten);
        });
    add(
        "no-fodselsnummer",
        "\\d{6} ?\\d{5}",
        0.0003,
        id ->
            isDay(two(id, 4), two(id, 2), two(id, 0) % 40)
                && weighted(id, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && weighted(id, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0);
    add("dk-cpr", "\\d{6}-\\d{4}", 0.04, id -> isDay(two(id, 4), two(id, 2), two(id, 0)));
    add(
        "fi-hetu",
        "\\d{6}[-+ABCDEFYXWVU]\\d{3}[0-9A-Y]",
        0,
        id -> {
          String digits = id.replaceAll("^(\\d{6})[A-Y](?=\\d{3}.$)", "$1");
          return isDay(two(digits, 4), two(digits, 2), two(digits, 0))
              && HETU.charAt(Integer.parseInt(digits.substring(0, 6) + digits.substring(6, 9)) % 31)
                  == digits.charAt(9);
        });
    add(
        "is-kennitala",
        "\\d{6}-?\\d{4}",
        0.003,
        id ->
            isDay(two(id, 4), two(id, 2), two(id, 0))
                && (at(id, 9) == 9 || at(id, 9) == 0)
                && weighted(id, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0);
    add(
        "ee-isikukood",
        "[1-6]\\d{10}",
        0.002,
        id -> isDay(two(id, 1), two(id, 3), two(id, 5)) && isBaltic(id));
  }

  private static boolean isBaltic(String id) {
    int check = weighted(id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
    if (check == 10) {
      check = weighted(id, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
    }
    return check == at(id, 10);
  }

  private static void easternEurope() {
    add(
        "pl-pesel",
        "\\d{11}",
        0.003,
        id ->
            isDay(two(id, 0), two(id, 2) % 20, two(id, 4))
                && weighted(id, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0);
    add(
        "cz-rodne-cislo",
        "\\d{6}/?\\d{4}",
        0.005,
        id -> isDay(two(id, 0), two(id, 2) % 50 % 20, two(id, 4)) && Long.parseLong(id) % 11 == 0);
    add(
        "sk-rodne-cislo",
        "\\d{6}/\\d{3,4}",
        0,
        id -> isDay(two(id, 0), two(id, 2) % 50, two(id, 4)));
    add(
        "ro-cnp",
        "[1-9]\\d{12}",
        0.002,
        id -> {
          int check = weighted(id, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
          return isDay(two(id, 1), two(id, 3), two(id, 5))
              && (check == 10 ? 1 : check) == at(id, 12);
        });
    add(
        "bg-egn",
        "\\d{10}",
        0.004,
        id ->
            isDay(two(id, 0), two(id, 2) % 20, two(id, 4))
                && weighted(id, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == at(id, 9));
    add("hr-oib", "\\d{11}", 0.1, CheckDigits::mod11And10);
    add(
        "rs-jmbg",
        "\\d{13}",
        0.0007,
        id ->
            isDay(two(id, 5), two(id, 2), two(id, 0))
                && (at(id, 4) == 9 || at(id, 4) == 0)
                && weighted(id, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0);
    add("gr-amka", "\\d{11}", 0.004, id -> isDay(two(id, 4), two(id, 2), two(id, 0)) && luhn(id));
    add("tr-tckn", "[1-9]\\d{10}", 0.01, NationalIds::isTckn);
    add("ru-snils", "\\d{3}-\\d{3}-\\d{3}[- ]\\d{2}", 0, NationalIds::isSnils);
    add("ru-snils-bare", "\\d{11}", 0.01, NationalIds::isSnils);
    add("ru-inn", "\\d{12}", 0.01, NationalIds::isInn);
    add("ru-passport", "\\d{2} \\d{2} \\d{6}|\\d{4} \\d{6}", 0.9, id -> true);
    add(
        "ua-rnokpp",
        "\\d{10}",
        0.09,
        id -> Math.floorMod(weighted(id, -1, 5, 7, 9, 4, 6, 10, 5, 7), 11) % 10 == at(id, 9));
  }

  private static boolean isTckn(String id) {
    int odd = at(id, 0) + at(id, 2) + at(id, 4) + at(id, 6) + at(id, 8);
    int even = at(id, 1) + at(id, 3) + at(id, 5) + at(id, 7);
    return Math.floorMod(odd * 7 - even, 10) == at(id, 9)
        && (odd + even + at(id, 9)) % 10 == at(id, 10);
  }

  private static boolean isSnils(String id) {
    return weighted(id, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100 == two(id, 9);
  }

  private static boolean isInn(String id) {
    return weighted(id, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == at(id, 10)
        && weighted(id, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == at(id, 11);
  }

  private static void latinAmerica() {
    add("br-cpf", "\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}", 0, id -> true);
    add("br-cpf-bare", "\\d{11}", 0.01, NationalIds::isCpf);
    add("ar-cuil", "(20|23|24|27)-\\d{8}-\\d", 0, NationalIds::isCuil);
    add("ar-cuil-bare", "(20|23|24|27)\\d{9}", 0.004, NationalIds::isCuil);
    add("cl-rut", "\\d{1,2}\\.\\d{3}\\.\\d{3}-[0-9Kk]", 0, id -> true);
    add("cl-rut-bare", "\\d{7,8}-[0-9Kk]", 0.09, NationalIds::isRut);
    add("ec-cedula", "([01]\\d|2[0-4])[0-5]\\d{7}", 0.015, CheckDigits::luhn);
  }

  private static boolean isCpf(String id) {
    int first = weighted(id, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = weighted(id, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return first == at(id, 9) && second == at(id, 10) && !id.matches("(\\d)\\1+");
  }

  private static boolean isCuil(String id) {
    return weighted(id, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
  }

  private static boolean isRut(String id) {
    int sum = 0;
    int weight = 2;
    for (int i = id.length() - 2; i >= 0; i--) {
      sum += at(id, i) * weight;
      weight = weight == 7 ? 2 : weight + 1;
    }
    return "0K987654321".charAt(sum % 11) == id.charAt(id.length() - 1);
  }

  private static void asia() {
    add("in-aadhaar", "[2-9]\\d{3}([ -])\\d{4}\\1\\d{4}", 0.1, CheckDigits::verhoeff);
    add("in-aadhaar-bare", "[2-9]\\d{11}", 0.1, CheckDigits::verhoeff);
    add("in-pan", "[A-Za-z]{3}[ABCFGHLJPTabcfghljpt][A-Za-z]\\d{4}[A-Za-z]", 0, id -> true);
    add(
        "cn-ric",
        "[1-9]\\d{5}(19|20)\\d{9}[0-9Xx]",
        0,
        id -> isDay(two(id, 8), two(id, 10), two(id, 12)) && isRic(id));
    add("kr-rrn", "\\d{6}-[1-8]\\d{6}", 0, id -> isDay(two(id, 0), two(id, 2), two(id, 4)));
    add("tw-id", "[A-Z][1289]\\d{8}", 0.05, NationalIds::isTaiwanese);
    add("hk-hkid", "[A-Z]{1,2}\\d{6}\\([0-9A]\\)", 0, id -> true);
    add("sg-nric", "[STFGMstfgm]\\d{7}[A-Za-z]", 0.03, NationalIds::isNric);
    add("my-nric", "\\d{6}-\\d{2}-\\d{4}", 0, id -> isDay(two(id, 0), two(id, 2), two(id, 4)));
    add("th-id", "\\d-\\d{4}-\\d{5}-\\d{2}-\\d", 0, id -> true);
    add("th-id-bare", "[1-8]\\d{12}", 0.1, NationalIds::isThai);
    add(
        "id-nik",
        "[1-9]\\d{15}",
        0.005,
        id ->
            isDay(two(id, 10), two(id, 8), two(id, 6) % 40)
                && two(id, 0) <= 94
                && two(id, 0) >= 11
                && two(id, 2) > 0);
    add("pk-cnic", "[1-7]\\d{4}-\\d{7}-\\d", 0, id -> true);
    add("ph-sss", "\\d{2}-\\d{7}-\\d", 0, id -> true);
    add("il-id", "\\d{9}", 0.1, CheckDigits::luhn);
    add(
        "jp-my-number",
        "\\d{4} ?\\d{4} ?\\d{4}",
        0.09,
        id -> {
          int rest = weighted(id, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
          return (rest <= 1 ? 0 : 11 - rest) == at(id, 11);
        });
  }

  private static boolean isRic(String id) {
    int sum = weighted(id, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
    return "10X98765432".charAt(sum % 11) == id.charAt(17);
  }

  private static boolean isTaiwanese(String id) {
    int letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".indexOf(id.charAt(0)) + 10;
    int sum = letter / 10 + letter % 10 * 9;
    return (sum + weighted(id.substring(1), 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0;
  }

  private static boolean isNric(String id) {
    int sum = weighted(id.substring(1), 2, 7, 6, 5, 4, 3, 2);
    return switch (id.charAt(0)) {
      case 'S' -> "JZIHGFEDCBA".charAt(sum % 11) == id.charAt(8);
      case 'T' -> "JZIHGFEDCBA".charAt((sum + 4) % 11) == id.charAt(8);
      case 'F' -> "XWUTRQPNMLK".charAt(sum % 11) == id.charAt(8);
      case 'G' -> "XWUTRQPNMLK".charAt((sum + 4) % 11) == id.charAt(8);
      default -> "KLJNPQRTUWX".charAt((sum + 3) % 11) == id.charAt(8);
    };
  }

  private static boolean isThai(String id) {
    return (11 - weighted(id, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 10 == at(id, 12);
  }

  private static void elsewhere() {
    add("za-id", "\\d{10}[01]\\d{2}", 0.0006, id -> isDate(id, 0) && luhn(id));
    add("au-tfn", "\\d{3} \\d{3} \\d{3}", 0.09, NationalIds::isTfn);
    add(
        "au-medicare",
        "[2-6]\\d{3}[ -]\\d{5}[ -]\\d([/ -]?\\d)?",
        0.1,
        id -> weighted(id, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == at(id, 8));
    add(
        "eg-id",
        "[23]\\d{13}",
        0.006,
        id -> isDay(two(id, 1), two(id, 3), two(id, 5)) && two(id, 7) >= 1 && two(id, 7) <= 88);
  }

  private static boolean isTfn(String id) {
    return weighted(id, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0;
  }

  private static boolean isDate(String id, int from) {
    return isDay(two(id, from), two(id, from + 2), two(id, from + 4));
  }
}
