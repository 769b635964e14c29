package dev.lakehouse.ingest.classify.kind;

import java.util.regex.Pattern;

/** Codes and words of diagnoses, medicines and blood groups. */
final class Health {
  /** ICD-10 and ICD-10-CM with their point; three-character categories only where named so. */
  private static final Pattern ICD =
      Pattern.compile("[A-TV-Z]\\d[0-9AB]\\.[0-9A-Z]{1,4}(?:[*†!+])?");

  private static final Pattern ICD_CATEGORY = Pattern.compile("[A-TV-Z]\\d[0-9AB][0-9A-Z]{0,4}");
  private static final Pattern BLOOD =
      Pattern.compile(
          "(?:A|B|AB|O|0)(?:1|2)? ?(?:[+\\u2212-]|(?:Rh ?)?(?:pos|neg)(?:itive|ative)?\\.?|Rh[+-])",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{M}-]+");

  private Health() {}

  static boolean isIcd(String value) {
    return ICD.matcher(value).matches();
  }

  static boolean isIcdCategory(String value) {
    return ICD_CATEGORY.matcher(value).matches();
  }

  static boolean isBlood(String value) {
    return BLOOD.matcher(value).matches();
  }

  static boolean hasWord(String value) {
    for (String word : WORD.split(Words.fold(value), 0)) {
      if (word.length() >= 3 && Words.MEDICAL.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
