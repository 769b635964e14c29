package dev.lakehouse.ingest.classify.evidence;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.ingest.classify.kind.Marks;
import dev.lakehouse.ingest.classify.kind.Signal;
import dev.lakehouse.ingest.classify.kind.Span;
import dev.lakehouse.ingest.classify.kind.SpanFinder;
import dev.lakehouse.ingest.classify.kind.ValueRecogniser;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the values of a column looked like, counted. Tallies of disjoint values add up. */
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public final class Tally {
  private static final Signal[] SIGNALS = Signal.values();

  /** A span that is as sure as this says by itself that its kind stands within. */
  private static final double SURE_SPAN = 0.95;

  private long seen;
  private int examined;
  private int texts;
  private int firstYear;
  private int lastYear;
  private int birthYears;
  private int numbers;
  private double numberSum;
  private Map<Signal, Integer> signals = new EnumMap<>(Signal.class);
  private Map<String, Integer> schemes = new TreeMap<>();
  private Map<Integer, Integer> regions = new TreeMap<>();
  private Map<PersonalKind, Integer> spanValues = new EnumMap<>(PersonalKind.class);
  private Map<PersonalKind, Integer> sureSpans = new EnumMap<>(PersonalKind.class);

  /** Counts values that were seen, whether they are examined or not. */
  public void see(long values) {
    seen += values;
  }

  /** Examines one value. */
  public void examine(String value) {
    if (ValueRecogniser.isEmpty(value)) {
      return;
    }
    Marks marks = ValueRecogniser.look(value);
    examined++;
    for (long left = marks.signals(); left != 0; left &= left - 1) {
      signals.merge(SIGNALS[Long.numberOfTrailingZeros(left)], 1, Integer::sum);
    }
    for (String scheme : marks.schemes()) {
      schemes.merge(scheme, 1, Integer::sum);
    }
    for (long left = marks.region(); left != 0; left &= left - 1) {
      regions.merge(Long.numberOfTrailingZeros(left), 1, Integer::sum);
    }
    if (marks.year() > 0) {
      firstYear = firstYear == 0 ? marks.year() : Math.min(firstYear, marks.year());
      lastYear = Math.max(lastYear, marks.year());
      birthYears += marks.year() >= 1920 && marks.year() <= 2012 ? 1 : 0;
    }
    if (!Double.isNaN(marks.number())) {
      numbers++;
      numberSum += Math.abs(marks.number());
    }
    if (marks.has(Signal.RUNNING_TEXT)) {
      texts++;
      Set<PersonalKind> kinds = EnumSet.noneOf(PersonalKind.class);
      Set<PersonalKind> sure = EnumSet.noneOf(PersonalKind.class);
      for (Span span : SpanFinder.find(value)) {
        kinds.add(span.kind());
        if (span.confidence() >= SURE_SPAN) {
          sure.add(span.kind());
        }
      }
      kinds.forEach(kind -> spanValues.merge(kind, 1, Integer::sum));
      sure.forEach(kind -> sureSpans.merge(kind, 1, Integer::sum));
    }
  }

  /** Adds another tally to this one. */
  public void add(Tally other) {
    seen += other.seen;
    examined += other.examined;
    texts += other.texts;
    if (other.firstYear > 0) {
      firstYear = firstYear == 0 ? other.firstYear : Math.min(firstYear, other.firstYear);
      lastYear = Math.max(lastYear, other.lastYear);
    }
    birthYears += other.birthYears;
    numbers += other.numbers;
    numberSum += other.numberSum;
    other.signals.forEach((signal, count) -> signals.merge(signal, count, Integer::sum));
    other.schemes.forEach((scheme, count) -> schemes.merge(scheme, count, Integer::sum));
    other.regions.forEach((region, count) -> regions.merge(region, count, Integer::sum));
    other.spanValues.forEach((kind, count) -> spanValues.merge(kind, count, Integer::sum));
    other.sureSpans.forEach((kind, count) -> sureSpans.merge(kind, count, Integer::sum));
  }

  public long seen() {
    return seen;
  }

  public int examined() {
    return examined;
  }

  /** How many examined values are of a kind by what they look like alone. */
  public long valuesOf(PersonalKind kind) {
    return switch (kind) {
      case EMAIL -> count(Signal.EMAIL);
      case PHONE ->
          count(Signal.PHONE_INTERNATIONAL) + count(Signal.PHONE_LOCAL) + count(Signal.PHONE_BARE);
      case NATIONAL_ID ->
          Math.max(
              count(Signal.NATIONAL),
              schemes.values().stream().mapToInt(Integer::intValue).max().orElse(0));
      case CARD_NUMBER -> count(Signal.CARD) + count(Signal.CARD_MASKED);
      case IBAN -> count(Signal.IBAN);
      case SALARY -> count(Signal.SALARY_TEXT);
      case ADDRESS -> count(Signal.STREET);
      case POSTAL_CODE -> count(Signal.POSTAL) + count(Signal.POSTAL_SEPARATED);
      case MEDICAL -> count(Signal.ICD) + count(Signal.BLOOD) + count(Signal.MEDICAL_WORD);
      case PERSON_NAME -> count(Signal.NAME_FULL) + count(Signal.NAME_GIVEN);
      case DATE_OF_BIRTH -> count(Signal.DATE);
      case IP_ADDRESS -> count(Signal.IP_4) + count(Signal.IP_6);
      case CREDENTIALS -> count(Signal.SECRET);
      case NONE -> 0;
    };
  }

  /** In how many examined texts something of a kind stands. */
  public long spansOf(PersonalKind kind) {
    return spanValues.getOrDefault(kind, 0);
  }

  int count(Signal signal) {
    return signals.getOrDefault(signal, 0);
  }

  /** Of the examined values, the share with a signal; 0 where none was examined. */
  double share(Signal signal) {
    return examined == 0 ? 0 : (double) count(signal) / examined;
  }

  Map<String, Integer> schemes() {
    return schemes;
  }

  /** The largest share of values that are valid numbers of one and the same country. */
  double bestRegion() {
    int best = regions.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return examined == 0 ? 0 : (double) best / examined;
  }

  int texts() {
    return texts;
  }

  Map<PersonalKind, Integer> spanValues() {
    return spanValues;
  }

  /** In how many texts a place of the kind stands that nothing else looks like. */
  int sureSpans(PersonalKind kind) {
    return sureSpans.getOrDefault(kind, 0);
  }

  int yearSpan() {
    return lastYear - firstYear;
  }

  double birthYearShare() {
    return examined == 0 ? 0 : (double) birthYears / examined;
  }

  double meanNumber() {
    return numbers == 0 ? 0 : numberSum / numbers;
  }
}
