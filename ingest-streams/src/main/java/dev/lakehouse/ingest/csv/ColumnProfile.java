package dev.lakehouse.ingest.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What one column's cells have in common, found cell by cell in bounded memory. An empty cell says
 * nothing; a column without any other is text. Where the cells stop being plain, the notations that
 * all of them may be written in are followed instead.
 */
final class ColumnProfile {
  /** How often notations are looked for, before a column is left alone as text. */
  private static final int MOST_LOOKS = 4;

  private final NullNotation nulls;
  private final CsvOptions options;
  private final PlainProfile plain = new PlainProfile();
  private final List<Followed> followed = new ArrayList<>();
  private final char[] room = new char[Notation.ROOM];
  private Optional<Character> decimal = Optional.empty();
  private boolean isPlain = true;
  private int looks;
  private long empty;
  private long named;
  private long filled;

  ColumnProfile(NullNotation nulls, CsvOptions options) {
    this.nulls = nulls;
    this.options = options;
  }

  /** A notation that most cells are written in, and what they are in it. */
  private static final class Followed {
    private final Notation notation;
    private final PlainProfile profile;
    private long accepted;
    private long missed;

    Followed(Notation notation, PlainProfile profile, long accepted, long missed) {
      this.notation = notation;
      this.profile = profile;
      this.accepted = accepted;
      this.missed = missed;
    }

    boolean accept(char[] c, int from, int to, char[] room) {
      int length = notation.plain(c, from, to, room);
      if (length >= 0 && profile.accept(room, 0, length)) {
        accepted++;
      } else {
        missed++;
      }
      return missed <= 2 + accepted / 10 && profile.fits() != 0;
    }
  }

  /** Takes one cell into account. */
  void accept(char[] c, int start, int stop) {
    if (start == stop) {
      empty++;
      return;
    }
    if (!isPlain && followed.isEmpty() && looks >= MOST_LOOKS) {
      filled++;
      return;
    }
    int from = start;
    int to = stop;
    while (from < to && c[from] == ' ') {
      from++;
    }
    while (from < to && c[to - 1] == ' ') {
      to--;
    }
    if (from == to) {
      empty++;
    } else if (nulls.is(c, from, to)) {
      named++;
    } else {
      value(c, from, to);
    }
  }

  private void value(char[] c, int from, int to) {
    filled++;
    if (isPlain) {
      int before = plain.fits();
      isPlain = plain.accept(c, from, to);
      if (!isPlain) {
        follow(c, from, to, filled == 1 ? 0 : before, filled - 1, 0);
      }
    } else if (followed.isEmpty() && looks < MOST_LOOKS) {
      follow(c, from, to, 0, 0, filled - 1);
    } else {
      followed.removeIf(one -> !one.accept(c, from, to, room));
    }
  }

  /** Starts following the notations of a cell, where earlier cells were plain or of none. */
  private void follow(char[] c, int from, int to, int before, long plainCells, long others) {
    looks++;
    for (Notation notation : Notation.of(c, from, to)) {
      Optional<PlainProfile> profile = start(notation, before, plainCells);
      if (profile.isPresent()) {
        Followed one = new Followed(notation, profile.get(), plainCells, others);
        if (one.accept(c, from, to, room) && one.missed == others) {
          followed.add(one);
        }
      }
    }
  }

  private Optional<PlainProfile> start(Notation notation, int before, long plainCells) {
    if (plainCells == 0) {
      int types =
          notation instanceof NumberNotation
              ? PlainProfile.NUMBERS
              : notation instanceof DateNotation ? PlainProfile.TIMES : PlainProfile.BOOLEAN;
      return Optional.of(new PlainProfile(types));
    }
    return notation instanceof NumberNotation numbers
            && numbers.prefix().isEmpty()
            && numbers.suffix().isEmpty()
        ? goOn(numbers, before)
        : Optional.empty();
  }

  /** What plain numbers are in a notation that is met behind them, if they can be of it. */
  private Optional<PlainProfile> goOn(NumberNotation numbers, int before) {
    boolean integers = (before & PlainProfile.LONG) != 0;
    boolean points = numbers.decimal() == '.' && (before & PlainProfile.NUMBERS) != 0;
    boolean thousands = numbers.group() == '.' && plain.mayBeThousands();
    return integers || points || thousands
        ? Optional.of(
            plain.reread(
                integers || thousands ? PlainProfile.NUMBERS : before & PlainProfile.NUMBERS,
                !integers && thousands))
        : Optional.empty();
  }

  /** The decimal sign that the column's numbers have for certain. */
  Optional<Character> decimal() {
    if (isPlain) {
      boolean points = filled > 0 && isDouble() && !plain.mayBeThousands();
      return points ? Optional.of('.') : Optional.empty();
    }
    List<Character> signs =
        followed.stream()
            .filter(one -> one.missed == 0)
            .map(one -> one.notation)
            .filter(NumberNotation.class::isInstance)
            .map(notation -> ((NumberNotation) notation).decimal())
            .distinct()
            .toList();
    return signs.size() == 1 ? Optional.of(signs.get(0)) : Optional.empty();
  }

  private boolean isDouble() {
    return plain.type().getType() == Schema.Type.DOUBLE;
  }

  /** Takes the decimal sign of the file's other numbers for that of this column's too. */
  void settle(char fileDecimal) {
    decimal = Optional.of(fileDecimal);
    if (fileDecimal == ',' && isPlain && filled > 0 && isDouble() && plain.mayBeThousands()) {
      isPlain = false;
      followed.add(
          new Followed(
              new NumberNotation(',', '.', "", ""),
              plain.reread(PlainProfile.NUMBERS, true),
              filled,
              0));
    }
  }

  /** How the column's values are written, if not the plain way; for text, how most of them are. */
  Optional<Notation> notation(String delimiter) {
    if (isPlain) {
      return Optional.empty();
    }
    long least = followed.stream().mapToLong(one -> one.missed).min().orElse(0);
    List<Followed> best = followed.stream().filter(one -> one.missed == least).toList();
    return decide(best, delimiter).map(one -> one.notation);
  }

  /** One of the notations that fit as well, if all of them say the same or one was asked for. */
  private Optional<Followed> decide(List<Followed> best, String delimiter) {
    List<Followed> wanted = best.stream().filter(one -> isWanted(one.notation)).toList();
    boolean sure =
        wanted.stream().noneMatch(one -> contradicts(wanted.get(0).notation, one.notation));
    if (wanted.isEmpty()) {
      return Optional.empty();
    } else if (sure) {
      return Optional.of(wanted.get(0));
    }
    // Only thousands, as 1,234: a comma is theirs unless commas may be decimal in this file.
    boolean commas =
        wanted.get(0).notation instanceof NumberNotation first
            && first.group() == ','
            && wanted.get(0).profile.type().getType() == Schema.Type.LONG
            && !delimiter.equals(";");
    return commas ? Optional.of(wanted.get(0)) : Optional.empty();
  }

  private boolean isWanted(Notation notation) {
    if (notation instanceof DateNotation date) {
      boolean monthFirst = date.order().equals("mdy");
      return options.dayFirst().map(dayFirst -> dayFirst != monthFirst).orElse(true);
    } else if (notation instanceof NumberNotation number) {
      return decimal.map(sign -> sign == number.decimal()).orElse(true);
    }
    return true;
  }

  private static boolean contradicts(Notation one, Notation other) {
    return (one instanceof DateNotation date
            && other instanceof DateNotation otherDate
            && date.contradicts(otherDate))
        || (one instanceof NumberNotation number
            && other instanceof NumberNotation otherNumber
            && number.contradicts(otherNumber));
  }

  private Optional<PlainProfile> typed(String delimiter) {
    if (filled == 0) {
      return Optional.empty();
    } else if (isPlain) {
      return Optional.of(plain);
    }
    Optional<Notation> notation = notation(delimiter);
    return followed.stream()
        .filter(one -> one.missed == 0 && notation.filter(one.notation::equals).isPresent())
        .map(one -> one.profile)
        .findFirst();
  }

  /** Whether the column is not text. */
  boolean isTyped(String delimiter) {
    return typed(delimiter).isPresent();
  }

  /** Whether some cell is empty. */
  boolean hasEmpty() {
    return empty > 0;
  }

  /** Whether some row of the column has no value. */
  boolean hasEmpty(String delimiter) {
    return empty > 0 || (named > 0 && typed(delimiter).isPresent());
  }

  /** Whether the column's numbers go beyond 32 bits. */
  boolean needsLong() {
    return isPlain ? plain.needsLong() : followed.stream().anyMatch(f -> f.profile.needsLong());
  }

  /** Digits before the point that a decimal needs. */
  int integerDigits() {
    return isPlain
        ? plain.integerDigits()
        : followed.stream().mapToInt(one -> one.profile.integerDigits()).max().orElse(0);
  }

  /** The narrowest type that every cell fits. */
  Schema type(String delimiter) {
    return typed(delimiter)
        .map(PlainProfile::type)
        .orElseGet(() -> Schema.create(Schema.Type.STRING));
  }
}
