package dev.lakehouse.ingest.sms;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a transcript that begins a message.
 *
 * @param date its three numbers as they stand there
 * @param hour of 24, or -1 if the line is wrong about it
 * @param named who wrote it, or null where the messenger itself did
 * @param body the text on this line
 */
record TranscriptLine(
    List<Integer> date,
    int hour,
    int minute,
    int second,
    boolean yearFirst,
    boolean american,
    @Nullable String named,
    String body) {
  private static final String DATE = "(\\d{1,4})([./-])(\\d{1,2})\\2(\\d{1,4})";
  private static final String TIME =
      "(?:(?:,\\s?|T|\\s)\\s?(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2}))?(?:[.,]\\d{1,6})?"
          + "\\s?([AaPp]\\.?\\s?[Mm]\\.?)?)?";
  private static final Pattern START =
      Pattern.compile(
          "(?:\\["
              + DATE
              + TIME
              + "\\]|(?:"
              + DATE.replace("\\2", "\\10")
              + TIME
              + "\\s+[-–]))\\s+(.*)",
          Pattern.DOTALL);
  private static final Pattern SENDER =
      Pattern.compile("([^:]{1,80}):(?:\\s(.*)|$)", Pattern.DOTALL);
  private static final int SHORTEST = 10;
  private static final int OF_BARE = 8;

  /** The line, or empty if it begins no message. */
  static Optional<TranscriptLine> of(String line) {
    String plain = plain(line);
    if (plain.length() < SHORTEST
        || !(plain.charAt(0) == '[' || Character.isDigit(plain.charAt(0)))) {
      return Optional.empty();
    }
    Matcher start = START.matcher(plain);
    if (!start.matches()) {
      return Optional.empty();
    }
    int at = start.group(1) != null ? 1 : 1 + OF_BARE;
    String first = start.group(at);
    String third = start.group(at + 3);
    boolean yearFirst = first.length() == 4;
    if ((first.length() > 2) != yearFirst
        || (yearFirst ? third.length() > 2 : third.length() == 3)) {
      return Optional.empty();
    }
    String half = start.group(at + 7);
    String rest = start.group(1 + 2 * OF_BARE);
    Matcher sender = SENDER.matcher(rest);
    boolean said = sender.matches();
    return Optional.of(
        new TranscriptLine(
            List.of(number(first), number(start.group(at + 2)), number(third)),
            hour(start.group(at + 4), half),
            number(start.group(at + 5)),
            number(start.group(at + 6)),
            yearFirst,
            half != null,
            said ? sender.group(1).strip() : null,
            said ? (sender.group(2) == null ? "" : sender.group(2)) : rest));
  }

  /** Messengers write marks of direction before a line, and narrow spaces inside times. */
  private static String plain(String line) {
    int from = 0;
    while (from < line.length()
        && "\u200e\u200f\ufeff\u202a\u202c".indexOf(line.charAt(from)) >= 0) {
      from++;
    }
    int head = Math.min(line.length(), from + 40);
    return line.substring(from, head).replace('\u202f', ' ').replace('\u00a0', ' ')
        + line.substring(head);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int hour(@Nullable String digits, @Nullable String half) {
    int hour = number(digits);
    if (half == null) {
      return hour;
    }
    if (hour < 1 || hour > 12) {
      return -1;
    }
    boolean afternoon = half.toLowerCase(Locale.ROOT).startsWith("p");
    return hour % 12 + (afternoon ? 12 : 0);
  }

  Optional<String> sender() {
    return Optional.ofNullable(named);
  }

  /** When it was written, by the clock of who exported it; empty if there is no such time. */
  Optional<LocalDateTime> time(DateOrder order) {
    DateOrder its = yearFirst ? DateOrder.YMD : order == DateOrder.YMD ? DateOrder.DMY : order;
    int year = date.get(its == DateOrder.YMD ? 0 : 2);
    int month = date.get(its == DateOrder.MDY ? 0 : 1);
    int day = date.get(its == DateOrder.YMD ? 2 : its == DateOrder.DMY ? 0 : 1);
    try {
      return Optional.of(
          LocalDateTime.of(year < 100 ? 2000 + year : year, month, day, hour, minute, second));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
