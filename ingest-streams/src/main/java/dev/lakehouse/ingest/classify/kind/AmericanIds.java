package dev.lakehouse.ingest.classify.kind;

import static dev.lakehouse.ingest.classify.kind.CheckDigits.at;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.isDay;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.luhn;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.two;
import static dev.lakehouse.ingest.classify.kind.CheckDigits.weighted;

import java.util.ArrayList;
import java.util.List;

/** The Americas. */
final class AmericanIds {
  private AmericanIds() {}

  static List<NationalId> all() {
    List<NationalId> ids = new ArrayList<>();
    ids.add(NationalId.of("us-ssn", "\\d{3}([- ])\\d{2}\\1\\d{4}", 0, AmericanIds::isSsn));
    ids.add(NationalId.of("us-ssn-bare", "\\d{9}", 0.89, AmericanIds::isSsn));
    ids.add(NationalId.of("us-itin", "9\\d{2}([- ])[5-9]\\d\\1\\d{4}", 0, id -> true));
    ids.add(
        NationalId.of(
            "ca-sin", "\\d{3}[- ]\\d{3}[- ]\\d{3}", 0.1, id -> id.charAt(0) != '0' && luhn(id)));
    ids.add(
        NationalId.of(
            "mx-curp",
            "[A-Za-z]{4}\\d{6}[HMXhmx][A-Za-z]{5}[A-Za-z0-9]\\d",
            0,
            id -> isDate(id, 4)));
    ids.add(
        NationalId.of(
            "mx-rfc", "[A-ZÑ&]{4}\\d{6}[A-Z0-9]{3}", 0, id -> id.length() == 13 && isDate(id, 4)));
    ids.add(NationalId.of("br-cpf", "\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}", 0, id -> true));
    ids.add(NationalId.of("br-cpf-bare", "\\d{11}", 0.01, AmericanIds::isCpf));
    ids.add(NationalId.of("ar-cuil", "(20|23|24|27)-\\d{8}-\\d", 0, AmericanIds::isCuil));
    ids.add(NationalId.of("ar-cuil-bare", "(20|23|24|27)\\d{9}", 0.004, AmericanIds::isCuil));
    ids.add(NationalId.of("cl-rut", "\\d{1,2}\\.\\d{3}\\.\\d{3}-[0-9Kk]", 0, id -> true));
    ids.add(NationalId.of("cl-rut-bare", "\\d{7,8}-[0-9Kk]", 0.09, AmericanIds::isRut));
    ids.add(NationalId.of("ec-cedula", "([01]\\d|2[0-4])[0-5]\\d{7}", 0.015, CheckDigits::luhn));
    ids.add(NationalId.of("do-cedula", "\\d{3}-\\d{7}-\\d", 0.1, CheckDigits::luhn));
    return ids;
  }

  private static boolean isSsn(String id) {
    int area = Integer.parseInt(id.substring(0, 3));
    return area != 0 && area != 666 && area < 900 && two(id, 3) != 0 && !id.endsWith("0000");
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

  private static boolean isDate(String id, int from) {
    return isDay(two(id, from), two(id, from + 2), two(id, from + 4));
  }
}
