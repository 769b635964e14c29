package dev.lakehouse.query.trino;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The formats of dates in Trino's codes, which are MySQL's. */
final class Formats {
  private static final Pattern CODE = Pattern.compile("%(-?.?)", Pattern.DOTALL);
  private static final String MYSQL = "abcdefHhIijklMmpSsTWYy%";

  private static final Map<String, String> STRFTIME =
      Map.ofEntries(
          Map.entry("a", "%a"),
          Map.entry("A", "%W"),
          Map.entry("b", "%b"),
          Map.entry("B", "%M"),
          Map.entry("d", "%d"),
          Map.entry("-d", "%e"),
          Map.entry("f", "%f"),
          Map.entry("H", "%H"),
          Map.entry("-H", "%k"),
          Map.entry("I", "%h"),
          Map.entry("-I", "%l"),
          Map.entry("j", "%j"),
          Map.entry("m", "%m"),
          Map.entry("-m", "%c"),
          Map.entry("M", "%i"),
          Map.entry("p", "%p"),
          Map.entry("S", "%s"),
          Map.entry("y", "%y"),
          Map.entry("Y", "%Y"),
          Map.entry("%", "%%"));

  private Formats() {}

  /** A format of {@code date_format}, checked. */
  static String mysql(@Nullable String format) {
    return codes(
        format,
        "date_format",
        code -> code.length() == 1 && MYSQL.contains(code) ? "%" + code : null);
  }

  /** A format of {@code strftime}. */
  static String strftime(@Nullable String format) {
    return codes(format, "strftime", STRFTIME::get);
  }

  private static String codes(
      @Nullable String format, String function, Function<String, @Nullable String> known) {
    if (format == null) {
      throw Refused.failed("the format of " + function + " is a text");
    }
    return CODE.matcher(format)
        .replaceAll(
            code -> {
              String written = known.apply(code.group(1));
              if (written == null) {
                throw Refused.failed(function + " does not know " + code.group());
              }
              return Matcher.quoteReplacement(written);
            });
  }
}
