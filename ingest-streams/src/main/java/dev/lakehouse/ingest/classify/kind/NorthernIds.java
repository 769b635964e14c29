package dev.lakehouse.ingest.classify.kind;

import static dev.lakehouse.ingest.classify.kind.CheckDigits.at;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.isDay;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.luhn;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.two;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.weighted;

import java.util.ArrayList;
import java.util.List;

/** Northern Europe. */
final class NorthernIds {
  private static final String HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  private NorthernIds() {}

  static List<NationalId> all() {
    List<NationalId> ids = new ArrayList<>();
    ids.add(
        NationalId.of(
            "se-personnummer",
            "(18|19|20)?\\d{6}[-+]?\\d{4}",
            0.003,
            id -> {
              String ten = id.substring(id.length() - 10);
              return isDay(two(ten, 0), two(ten, 2), (two(ten, 4) - 1) % 60 + 1) && luhn(ten);
            }));
    ids.add(
        NationalId.of(
            "no-fodselsnummer",
            "\\d{6} ?\\d{5}",
            0.0003,
            id ->
                isDay(two(id, 4), two(id, 2), two(id, 0) % 40)
                    && weighted(id, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                    && weighted(id, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0));
    ids.add(
        NationalId.of(
            "dk-cpr", "\\d{6}-\\d{4}", 0.04, id -> isDay(two(id, 4), two(id, 2), two(id, 0))));
    ids.add(
        NationalId.of(
            "fi-hetu",
            "\\d{6}[-+ABCDEFYXWVU]\\d{3}[0-9A-Y]",
            0,
            id -> {
              String digits = id.replaceAll("^(\\d{6})[A-Y](?=\\d{3}.$)", "$1");
              return isDay(two(digits, 4), two(digits, 2), two(digits, 0))
                  && HETU.charAt(
                          Integer.parseInt(digits.substring(0, 6) + digits.substring(6, 9)) % 31)
                      == digits.charAt(9);
            }));
    ids.add(
        NationalId.of(
            "is-kennitala",
            "\\d{6}-?\\d{4}",
            0.003,
            id ->
                isDay(two(id, 4), two(id, 2), two(id, 0))
                    && (at(id, 9) == 9 || at(id, 9) == 0)
                    && weighted(id, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0));
    ids.add(
        NationalId.of(
            "ee-isikukood",
            "[1-6]\\d{10}",
            0.002,
            id -> isDay(two(id, 1), two(id, 3), two(id, 5)) && isBaltic(id)));
    return ids;
  }

  private static boolean isBaltic(String id) {
    int check = weighted(id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
    if (check == 10) {
      check = weighted(id, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
    }
    return check == at(id, 10);
  }
}
