package dev.lakehouse.query.guard;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TABLE … AS} and {@code CREATE MATERIALIZED VIEW … AS}. Their words are read here;
 * the query behind them is parsed and checked like any other, at its own place.
 */
final class Creations {
  private static final Pattern WORDS =
      Pattern.compile(
          "(?:\\s|--[^\\n]*\\n|/\\*(?s:.*?)\\*/)*+"
              + "CREATE\\s+(?:(?<table>TABLE)|MATERIALIZED\\s+VIEW)\\s+"
              + "(?<exists>IF\\s+NOT\\s+EXISTS\\s+)?"
              + "(?:lake\\s*\\.\\s*)?(?:\"(?<quoted>[^\"]*)\"|(?<plain>[\\p{L}_][\\p{L}\\p{N}_$]*+))"
              + "(?:\\s+REFRESH\\s+(?:(?<commit>ON\\s+COMMIT)"
              + "|EVERY\\s+(?<number>[0-9]{1,9})\\s+(?<unit>SECOND|MINUTE|HOUR|DAY)S?))?"
              + "\\s+AS(?=[\\s(])",
          Pattern.CASE_INSENSITIVE);

  private Creations() {}

  /** The statement, or null if the text is none of these. */
  static Statement.@Nullable Create read(String sql, Descriptions.Parser parser)
      throws SqlParseException {
    Matcher words = WORDS.matcher(sql);
    if (!words.lookingAt()) {
      return null;
    }
    boolean timed = words.group("commit") != null || words.group("number") != null;
    if (words.group("table") != null && timed) {
      throw Refusals.syntax(
          "REFRESH behind CREATE TABLE: what is made again is a MATERIALIZED VIEW");
    }
    String plain = words.group("plain");
    return new Statement.Create(
        plain == null ? words.group("quoted") : plain.toLowerCase(Locale.ROOT),
        words.group("exists") != null,
        freshness(words),
        sql.substring(words.end()).strip().replaceFirst(";\\z", ""),
        parser.query(Descriptions.blank(sql, words.end())));
  }

  private static Freshness freshness(Matcher words) {
    if (words.group("table") != null) {
      return new Freshness.Once();
    } else if (words.group("commit") != null) {
      return new Freshness.OnCommit();
    } else if (words.group("number") == null) {
      return new Freshness.OnDemand();
    }
    long number = Long.parseLong(words.group("number"));
    return new Freshness.Every(
        switch (words.group("unit").toUpperCase(Locale.ROOT)) {
          case "SECOND" -> Duration.ofSeconds(number);
          case "MINUTE" -> Duration.ofMinutes(number);
          case "HOUR" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }
}
