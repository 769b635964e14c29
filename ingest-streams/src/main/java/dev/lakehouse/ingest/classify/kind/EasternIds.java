package dev.lakehouse.ingest.classify.kind;

import static dev.lakehouse.ingest.classify.kind.CheckDigits.at;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.isDay;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.luhn;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.two;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.weighted;

import java.util.ArrayList;
import java.util.List;

/** Eastern and southern Europe. */
final class EasternIds {
  private EasternIds() {}

  static List<NationalId> all() {
    List<NationalId> ids = new ArrayList<>();
    ids.add(
        NationalId.of(
            "pl-pesel",
            "\\d{11}",
            0.003,
            id ->
                isDay(two(id, 0), two(id, 2) % 20, two(id, 4))
                    && weighted(id, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0));
    ids.add(
        NationalId.of(
            "cz-rodne-cislo",
            "\\d{6}/?\\d{4}",
            0.005,
            id ->
                isDay(two(id, 0), two(id, 2) % 50 % 20, two(id, 4))
                    && Long.parseLong(id) % 11 == 0));
    ids.add(
        NationalId.of(
            "sk-rodne-cislo",
            "\\d{6}/\\d{3,4}",
            0,
            id -> isDay(two(id, 0), two(id, 2) % 50, two(id, 4))));
    ids.add(
        NationalId.of(
            "ro-cnp",
            "[1-9]\\d{12}",
            0.002,
            id -> {
              int check = weighted(id, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
              return isDay(two(id, 1), two(id, 3), two(id, 5))
                  && (check == 10 ? 1 : check) == at(id, 12);
            }));
    ids.add(
        NationalId.of(
            "bg-egn",
            "\\d{10}",
            0.004,
            id ->
                isDay(two(id, 0), two(id, 2) % 20, two(id, 4))
                    && weighted(id, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == at(id, 9)));
    ids.add(NationalId.of("hr-oib", "\\d{11}", 0.1, CheckDigits::mod11And10));
    ids.add(
        NationalId.of(
            "rs-jmbg",
            "\\d{13}",
            0.0007,
            id ->
                isDay(two(id, 5), two(id, 2), two(id, 0))
                    && (at(id, 4) == 9 || at(id, 4) == 0)
                    && weighted(id, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0));
    ids.add(
        NationalId.of(
            "gr-amka",
            "\\d{11}",
            0.004,
            id -> isDay(two(id, 4), two(id, 2), two(id, 0)) && luhn(id)));
    ids.add(NationalId.of("tr-tckn", "[1-9]\\d{10}", 0.01, EasternIds::isTckn));
    ids.add(NationalId.of("ru-snils", "\\d{3}-\\d{3}-\\d{3}[- ]\\d{2}", 0, EasternIds::isSnils));
    ids.add(NationalId.of("ru-snils-bare", "\\d{11}", 0.01, EasternIds::isSnils));
    ids.add(NationalId.of("ru-inn", "\\d{12}", 0.01, EasternIds::isInn));
    ids.add(NationalId.of("ru-passport", "\\d{2} \\d{2} \\d{6}|\\d{4} \\d{6}", 0.9, id -> true));
    ids.add(
        NationalId.of(
            "ua-rnokpp",
            "\\d{10}",
            0.09,
            id -> Math.floorMod(weighted(id, -1, 5, 7, 9, 4, 6, 10, 5, 7), 11) % 10 == at(id, 9)));
    ids.add(
        NationalId.of(
            "lv-personas-kods",
            "\\d{6}-\\d{5}",
            0.003,
            id ->
                isDay(two(id, 4), two(id, 2), two(id, 0))
                    && Math.floorMod(1101 - weighted(id, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), 11) % 10
                        == at(id, 10)));
    ids.add(NationalId.of("hu-taj", "\\d{3}[ -]\\d{3}[ -]\\d{3}", 0.1, EasternIds::isTaj));
    ids.add(NationalId.of("pl-dowod", "[A-Z]{3} ?\\d{6}", 0.1, EasternIds::isDowod));
    return ids;
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

  private static boolean isTaj(String id) {
    return weighted(id, 3, 7, 3, 7, 3, 7, 3, 7) % 10 == at(id, 8);
  }

  private static boolean isDowod(String id) {
    int sum = 0;
    int[] weights = {7, 3, 1, 0, 7, 3, 1, 7, 3};
    for (int i = 0; i < weights.length; i++) {
      sum += Character.digit(id.charAt(i), 36) * weights[i];
    }
    return sum % 10 == at(id, 3);
  }
}
