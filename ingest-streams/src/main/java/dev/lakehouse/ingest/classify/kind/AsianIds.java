package dev.lakehouse.ingest.classify.kind;

import static dev.lakehouse.ingest.classify.kind.CheckDigits.at;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.isDay;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.luhn;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.two;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.weighted;

import java.util.ArrayList;
import java.util.List;

/** Asia, Africa and Australia. */
final class AsianIds {
  private AsianIds() {}

  static List<NationalId> all() {
    List<NationalId> ids = new ArrayList<>();
    ids.add(
        NationalId.of(
            "in-aadhaar", "[2-9]\\d{3}([ -])\\d{4}\\1\\d{4}", 0.1, CheckDigits::verhoeff));
    ids.add(NationalId.of("in-aadhaar-bare", "[2-9]\\d{11}", 0.1, CheckDigits::verhoeff));
    ids.add(
        NationalId.of(
            "in-pan", "[A-Za-z]{3}[ABCFGHLJPTabcfghljpt][A-Za-z]\\d{4}[A-Za-z]", 0, id -> true));
    ids.add(
        NationalId.of(
            "cn-ric",
            "[1-9]\\d{5}(19|20)\\d{9}[0-9Xx]",
            0,
            id -> isDay(two(id, 8), two(id, 10), two(id, 12)) && isRic(id)));
    ids.add(
        NationalId.of(
            "kr-rrn", "\\d{6}-[1-8]\\d{6}", 0, id -> isDay(two(id, 0), two(id, 2), two(id, 4))));
    ids.add(NationalId.of("tw-id", "[A-Z][1289]\\d{8}", 0.05, AsianIds::isTaiwanese));
    ids.add(NationalId.of("hk-hkid", "[A-Z]{1,2}\\d{6}\\([0-9A]\\)", 0, id -> true));
    ids.add(NationalId.of("sg-nric", "[STFGMstfgm]\\d{7}[A-Za-z]", 0.03, AsianIds::isNric));
    ids.add(
        NationalId.of(
            "my-nric", "\\d{6}-\\d{2}-\\d{4}", 0, id -> isDay(two(id, 0), two(id, 2), two(id, 4))));
    ids.add(NationalId.of("th-id", "\\d-\\d{4}-\\d{5}-\\d{2}-\\d", 0, id -> true));
    ids.add(NationalId.of("th-id-bare", "[1-8]\\d{12}", 0.1, AsianIds::isThai));
    ids.add(
        NationalId.of(
            "id-nik",
            "[1-9]\\d{15}",
            0.005,
            id ->
                isDay(two(id, 10), two(id, 8), two(id, 6) % 40)
                    && two(id, 0) <= 94
                    && two(id, 0) >= 11
                    && two(id, 2) > 0));
    ids.add(NationalId.of("pk-cnic", "[1-7]\\d{4}-\\d{7}-\\d", 0, id -> true));
    ids.add(NationalId.of("ph-sss", "\\d{2}-\\d{7}-\\d", 0, id -> true));
    ids.add(NationalId.of("il-id", "\\d{9}", 0.1, CheckDigits::luhn));
    ids.add(
        NationalId.of(
            "jp-my-number",
            "\\d{4} ?\\d{4} ?\\d{4}",
            0.09,
            id -> {
              int rest = weighted(id, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
              return (rest <= 1 ? 0 : 11 - rest) == at(id, 11);
            }));
    ids.add(NationalId.of("ae-emirates-id", "784-?\\d{4}-?\\d{7}-?\\d", 0.0001, CheckDigits::luhn));
    ids.add(NationalId.of("sa-id", "[12]\\d{9}", 0.1, CheckDigits::luhn));
    ids.add(NationalId.of("kz-iin", "\\d{6}[0-6]\\d{5}", 0.003, AsianIds::isIin));
    ids.add(NationalId.of("za-id", "\\d{10}[01]\\d{2}", 0.0006, id -> isDate(id, 0) && luhn(id)));
    ids.add(NationalId.of("au-tfn", "\\d{3} \\d{3} \\d{3}", 0.09, AsianIds::isTfn));
    ids.add(
        NationalId.of(
            "au-medicare",
            "[2-6]\\d{3}[ -]\\d{5}[ -]\\d([/ -]?\\d)?",
            0.1,
            id -> weighted(id, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == at(id, 8)));
    ids.add(
        NationalId.of(
            "eg-id",
            "[23]\\d{13}",
            0.006,
            id ->
                isDay(two(id, 1), two(id, 3), two(id, 5)) && two(id, 7) >= 1 && two(id, 7) <= 88));
    return ids;
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

  private static boolean isIin(String id) {
    int check = weighted(id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) % 11;
    if (check == 10) {
      check = weighted(id, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2) % 11;
    }
    return isDay(two(id, 0), two(id, 2), two(id, 4)) && check == at(id, 11);
  }

  private static boolean isTfn(String id) {
    return weighted(id, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0;
  }

  private static boolean isDate(String id, int from) {
    return isDay(two(id, from), two(id, from + 2), two(id, from + 4));
  }
}
