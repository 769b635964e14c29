package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * National numbers in running text by their writing and check, those that little else passes. They
 * are tried where a word begins, and only those that can begin with its first character.
 */
final class NationalSpans {
  private static final double MOST_CHANCE = 0.05;

  /** So many characters are looked at for digits before anything is tried. */
  private static final int AHEAD = 12;

  private static final int LEAST_DIGITS_AHEAD = 3;

  /** Of numbers that nothing else looks like. */
  static final double SURE = 0.95;

  /** The fewest digits that one has. */
  static final int LEAST_DIGITS = 4;

  private static final String BEHIND = "(?![\\p{L}\\p{N}]|[-.]\\d)";
  private static final int CHARACTERS = 128;

  /** A scheme, and how it is written where something else follows. */
  private record Scheme(NationalId id, Pattern pattern) {}

  private static final List<Scheme> SCHEMES =
      NationalIds.ALL.stream()
          .filter(id -> id.chance() <= MOST_CHANCE)
          .map(id -> new Scheme(id, Pattern.compile("(?:" + id.written() + ")" + BEHIND)))
          .toList();

  private NationalSpans() {}

  static List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < CHARACTERS
          && Character.isLetterOrDigit(c)
          && begins(text, at)
          && hasDigits(text, at)) {
        at = Math.max(at, at(text, at, found) - 1);
      }
    }
    return found;
  }

  private static boolean begins(String text, int at) {
    if (at == 0) {
      return true;
    }
    char before = text.charAt(at - 1);
    boolean letter = FoldedText.isLetter(before) && !FoldedText.isUnspaced(before);
    return !letter && !Character.isDigit(before) && before != '.' && before != '-';
  }

  private static boolean hasDigits(String text, int at) {
    int digits = 0;
    for (int i = at; i < text.length() && i < at + AHEAD; i++) {
      char c = text.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    return digits >= LEAST_DIGITS_AHEAD;
  }

  /** Tries all schemes at a place, and gives the end of what is there, 0 if nothing is. */
  private static int at(String text, int at, List<Span> found) {
    for (Scheme scheme : SCHEMES) {
      if (scheme.id().first().get(text.charAt(at))) {
        Matcher matcher = scheme.pattern().matcher(text).region(at, text.length());
        if (matcher.useTransparentBounds(true).lookingAt()
            && scheme.id().valid().test(NationalIds.bare(matcher.group()))
            && !SpanRules.isThing(text, at)) {
          double sure = scheme.id().chance() == 0 ? SURE : 0.85;
          found.add(new Span(PersonalKind.NATIONAL_ID, at, matcher.end(), sure));
          return matcher.end();
        }
      }
    }
    return 0;
  }
}
