package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What is told in texts by the words before it or by words alone, in scripts whose words are not
 * set apart by spaces or carry what belongs to them.
 */
final class ScriptRules {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  private ScriptRules() {}

  /** Of any text: some of the words are Latin ones. */
  static List<SpanRule> all() {
    return List.of(
        rule(
            PersonalKind.NATIONAL_ID,
            0.85,
            "\\b(?:ID|Id|id)(?: (?:no\\.?|number|nr\\.?|card|is))?[:# ]{1,2}(\\d{8,13})(?!\\d)",
            s -> !NationalIds.of(s).isEmpty()));
  }

  /** Of texts that have letters of such scripts. */
  static List<SpanRule> beyondLatin() {
    return List.of(
        rule(
            PersonalKind.MEDICAL,
            0.85,
            "[\\p{IsHan}\\p{IsKatakana}\\p{IsHangul}\\p{IsDevanagari}\\p{IsArabic}\\p{IsThai}\\p{IsHebrew}\\p{M}ー]{2,24}"
                + " ?\\d+(?:[.,]\\d+)?"
                + " ?(?:mg|mcg|µg|g|ml|毫克|微克|毫升|片|錠|ミリグラム|밀리그램|मिलीग्राम|मिग्रा|ملغ|ملجم|مجم|مغ|มก\\.?|มิลลิกรัม|מ\"ג)(?![A-Za-z])",
            s -> true));
  }

  private static SpanRule rule(
      PersonalKind kind, double confidence, String pattern, Predicate<String> valid) {
    Pattern compiled = Pattern.compile(pattern, FLAGS);
    int group = compiled.matcher("").groupCount() > 0 ? 1 : 0;
    return new SpanRule(kind, confidence, compiled, group, valid, look -> true, false);
  }
}
