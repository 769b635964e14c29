package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Counts of what was found, missed and wrong, per kind, and the cases that went wrong. */
public final class Score {
  /** Of one kind, or of several. */
  public static final class Count {
    private int right;
    private int missed;
    private int wrong;

    public double recall() {
      return right + missed == 0 ? 1 : (double) right / (right + missed);
    }

    public double precision() {
      return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }
  }

  private final Map<PersonalKind, Count> counts = new EnumMap<>(PersonalKind.class);
  private final List<String> errors = new ArrayList<>();

  public void right(PersonalKind kind) {
    of(kind).right++;
  }

  public void missed(PersonalKind kind, String error) {
    of(kind).missed++;
    errors.add("missed " + kind + ": " + error);
  }

  public void wrong(PersonalKind kind, String error) {
    of(kind).wrong++;
    errors.add("wrong  " + kind + ": " + error);
  }

  private Count of(PersonalKind kind) {
    return counts.computeIfAbsent(kind, any -> new Count());
  }

  public Map<PersonalKind, Count> counts() {
    return counts;
  }

  /** The counts of several kinds as one. */
  public Count all(Predicate<PersonalKind> which) {
    Count sum = new Count();
    counts.forEach(
        (kind, count) -> {
          if (which.test(kind)) {
            sum.right += count.right;
            sum.missed += count.missed;
            sum.wrong += count.wrong;
          }
        });
    return sum;
  }

  /** A table of all kinds, and every error. */
  public String report(String title) {
    StringBuilder text = new StringBuilder(title).append('\n');
    counts.forEach((kind, count) -> text.append(line(kind.name(), count)));
    text.append(line("all but NONE", all(kind -> kind != PersonalKind.NONE)));
    errors.forEach(error -> text.append("  ").append(error).append('\n'));
    return text.toString();
  }

  static String line(String name, Count count) {
    return String.format(
        Locale.ROOT,
        "  %-16s recall %.3f  precision %.3f  (%d)%n",
        name,
        count.recall(),
        count.precision(),
        count.right + count.missed);
  }
}
