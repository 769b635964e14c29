package dev.lakehouse.ingest.classify.kind;

import java.math.BigInteger;

/** The check-digit schemes that identifiers of many countries share. Input is digits only. */
final class CheckDigits {
  private static final int[][] VERHOEFF_D = new int[10][10];
  private static final int[] VERHOEFF_P = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

  static {
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 10; j++) {
        VERHOEFF_D[i][j] =
            i < 5
                ? j < 5 ? (i + j) % 5 : 5 + (i + j) % 5
                : j < 5 ? 5 + Math.floorMod(i - j, 5) : Math.floorMod(i - j, 5);
      }
    }
  }

  private CheckDigits() {}

  static int at(String digits, int index) {
    return digits.charAt(index) - '0';
  }

  /** Luhn, ISO/IEC 7812-1. */
  static boolean luhn(String digits) {
    int sum = 0;
    boolean twice = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = at(digits, i);
      if (twice) {
        digit = digit > 4 ? digit * 2 - 9 : digit * 2;
      }
      sum += digit;
      twice = !twice;
    }
    return sum % 10 == 0;
  }

  /** Verhoeff's dihedral scheme, as Aadhaar uses it. */
  static boolean verhoeff(String digits) {
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = at(digits, digits.length() - 1 - i);
      for (int turn = 0; turn < i % 8; turn++) {
        digit = VERHOEFF_P[digit];
      }
      check = VERHOEFF_D[check][digit];
    }
    return check == 0;
  }

  /** ISO 7064 MOD 11,10, as Germany's tax id and Croatia's OIB use it. */
  static boolean mod11And10(String digits) {
    int product = 10;
    for (int i = 0; i < digits.length() - 1; i++) {
      int sum = (at(digits, i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == at(digits, digits.length() - 1);
  }

  /** The sum of the first digits, each times its weight. */
  static int weighted(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += at(digits, i) * weights[i];
    }
    return sum;
  }

  /** Remainder by 97 of a number of any length. */
  static int mod97(String digits) {
    return new BigInteger(digits).mod(NINETY_SEVEN).intValue();
  }

  /** Whether day, month and a two-digit year can be a date; any century. */
  static boolean isDay(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1) {
      return false;
    }
    int last =
        switch (month) {
          case 2 -> year % 4 == 0 ? 29 : 28;
          case 4, 6, 9, 11 -> 30;
          default -> 31;
        };
    return day <= last;
  }

  /** The number of two digits. */
  static int two(String digits, int index) {
    return at(digits, index) * 10 + at(digits, index + 1);
  }
}
