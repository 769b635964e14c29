package dev.lakehouse.query.table;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which state of a table is meant. */
public sealed interface AsOf {
  /** The newest state there is. */
  record Now() implements AsOf {}

  /** The state of one snapshot. */
  record Version(long snapshotId) implements AsOf {
    /** The snapshot of this id, or null if the text is no id. */
    public static @Nullable Version of(String digits) {
      boolean id = digits.matches("[0-9]{1,19}") && new BigInteger(digits).bitLength() < Long.SIZE;
      return id ? new Version(Long.parseLong(digits)) : null;
    }
  }

  /**
   * The state that was the newest at a time.
   *
   * @param at what the calendar and the clock said in the reader's zone
   */
  record LocalTime(LocalDateTime at) implements AsOf {}

  /** The state that was the newest at a moment. */
  record Moment(Instant at) implements AsOf {}

  /**
   * The time in a text: {@code 2024-06-01}, {@code 2024-06-01 12:00:00.5} or with a {@code T}, a
   * {@code Z} or an offset; null if it is none.
   */
  static @Nullable AsOf time(String text) {
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern(
            "uuuu-MM-dd[[ ]['T']HH:mm[:ss[.SSSSSS][.SSS]][ ][XXX][X]]", Locale.ROOT);
    try {
      TemporalAccessor read =
          form.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      return of(read);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static AsOf of(TemporalAccessor read) {
    if (read instanceof OffsetDateTime moment) {
      return new Moment(moment.toInstant());
    }
    return new LocalTime(
        read instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(read));
  }

  /** The same, with a local time made a moment. */
  default AsOf in(ZoneId zone) {
    return this instanceof LocalTime time ? new Moment(time.at().atZone(zone).toInstant()) : this;
  }
}
