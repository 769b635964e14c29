package dev.lakehouse.ingest.classify.kind;

import static dev.lakehouse.ingest.classify.kind.CheckDigits.at;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.isDay;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.mod11And10;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.mod97;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.two;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.weighted;

import java.util.ArrayList;
import java.util.List;

/** Western Europe. */
final class WesternIds {
  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

  private WesternIds() {}

  static List<NationalId> all() {
    List<NationalId> ids = new ArrayList<>();
    ids.add(
        NationalId.of(
            "gb-nino",
            "(?i)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]?",
            0,
            id -> !id.matches("(BG|GB|KN|NK|NT|TN|ZZ).*") && id.length() == 9));
    ids.add(NationalId.of("gb-nhs", "\\d{3}[- ]\\d{3}[- ]\\d{4}", 0.09, WesternIds::isNhs));
    ids.add(NationalId.of("gb-nhs-bare", "\\d{10}", 0.09, WesternIds::isNhs));
    ids.add(
        NationalId.of(
            "de-steuer-id", "[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}", 0.03, WesternIds::isSteuerId));
    ids.add(
        NationalId.of(
            "de-rvnr",
            "\\d{2} ?\\d{6} ?[A-Z] ?\\d{3}",
            0,
            id -> two(id, 4) >= 1 && two(id, 4) <= 12 && two(id, 2) >= 1 && two(id, 2) <= 31));
    ids.add(
        NationalId.of(
            "fr-nir",
            "[1-478] ?\\d{2} ?(0[1-9]|1[0-2]|[2-9]\\d) ?(\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?[ -]?\\d{2}",
            0.01,
            WesternIds::isNir));
    ids.add(NationalId.of("es-dni", "\\d{8}[- ]?[A-Za-z]", 0.04, id -> isDni(id)));
    ids.add(NationalId.of("es-nie", "[XYZxyz][- ]?\\d{7}[- ]?[A-Za-z]", 0.02, WesternIds::isNie));
    ids.add(
        NationalId.of(
            "it-codice-fiscale",
            "(?i)[A-Z]{6} ?[0-9LMNP-V]{2} ?[ABCDEHLMPRST][0-9LMNP-V]{2} ?[A-Z][0-9LMNP-V]{3} ?[A-Z]",
            0,
            id -> true));
    ids.add(
        NationalId.of(
            "nl-bsn",
            "\\d{9}|\\d{3}[. ]\\d{3}[. ]\\d{3}|\\d{4}\\.\\d{2}\\.\\d{3}",
            0.09,
            WesternIds::isBsn));
    ids.add(
        NationalId.of(
            "be-rrn",
            "\\d{2}\\.?\\d{2}\\.?\\d{2}[- ]?\\d{3}[. ]?\\d{2}",
            0.002,
            WesternIds::isRijksregister));
    ids.add(
        NationalId.of(
            "ch-ahv", "756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}", 0.0001, WesternIds::isEan13));
    ids.add(NationalId.of("at-svnr", "[1-9]\\d{3}[ -]?\\d{6}", 0.004, WesternIds::isSvnr));
    ids.add(NationalId.of("pt-nif", "[123]\\d{2}[ .]?\\d{3}[ .]?\\d{3}", 0.1, WesternIds::isNif));
    ids.add(NationalId.of("ie-pps", "\\d{7}[A-W][A-IW]?", 0.04, WesternIds::isPps));
    ids.add(NationalId.of("es-nuss", "\\d{2}[ /]?\\d{8}[ /]?\\d{2}", 0.01, WesternIds::isNuss));
    ids.add(NationalId.of("pt-cc", "\\d{8} ?\\d ?[A-Z][A-Z0-9]\\d", 0, id -> id.length() == 12));
    ids.add(
        NationalId.of(
            "gb-driver",
            "[A-Z]{2}[A-Z9]{3}\\d[0156]\\d[0-3]\\d{2}[A-Z9]{2}\\d[A-Z]{2}",
            0,
            id -> id.length() == 16));
    return ids;
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

  private static boolean isNuss(String id) {
    int province = two(id, 0);
    long number = Long.parseLong(id.substring(2, 10));
    long whole =
        number < 10_000_000 ? number + province * 10_000_000L : number + province * 100_000_000L;
    return province >= 1 && province <= 66 && whole % 97 == two(id, 10);
  }
}
