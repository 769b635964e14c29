package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.ingest.classify.kind.NameCues.NameCue;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Persons' names that are told by what is said beside them: how people are addressed, who they are,
 * what is done to them or what they did, and numbers and addresses right behind a name.
 */
final class CuedNames {
  private static final int MOST_NAMES = 3;
  private static final int LEAST_ALONE = 3;
  private static final int LEAST_IN_ADDRESS = 4;
  private static final double SURE = 0.8;
  private static final double LESS_SURE = 0.7;

  /** Words of small letters that stand within names. */
  private static final Set<String> PARTICLES =
      Set.of(
          "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "bin", "binti",
          "ibn", "al", "el", "la", "le", "ten", "ter", "af", "av", "zu");

  /** A number, a date or an address of mail right behind a name, with a word or two between. */
  private static final Pattern REACHED =
      Pattern.compile(
          "[\\s,:;(–՝-]{1,3}(?:[\\p{L}\\p{M}-]{1,14}(?:[.:]{1,2} ?|"
              + " )){0,2}(?:\\+?\\(?\\d[\\d ().\\-/]{5,}\\d|[\\p{L}\\d._%+-]+@)");

  private final String text;
  private final boolean numbers;
  private final TextWords words;

  /** Where the first address of mail is, less than 0 if there is none. */
  private final int sign;

  private CuedNames(String text, boolean numbers) {
    this.text = text;
    this.numbers = numbers;
    this.words = new TextWords(text);
    this.sign = text.indexOf('@');
  }

  /** The names of a text, some perhaps twice. */
  static List<Span> find(TextLook look) {
    boolean numbers = look.digits() >= 6 || look.text().indexOf('@') >= 0;
    return new CuedNames(look.text(), numbers).find();
  }

  private List<Span> find() {
    List<Span> found = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      int end = words.isNameLike(at) ? run(at) : at;
      if (end == at) {
        at++;
      } else {
        at = judge(at, end, found);
      }
    }
    return found;
  }

  /** Behind the last word of a run of name-like words. */
  private int run(int from) {
    boolean cased = words.isCased(from);
    int end = from;
    int names = 0;
    while (end < words.size() && names < MOST_NAMES && (end == from || words.isJoined(end))) {
      String word = words.at(end);
      if (words.isNameLike(end)
          && words.isCased(end) == cased
          && !NameCues.isPlainStop(words.plain(end))
          && !words.isShouted(end)) {
        names++;
        end++;
      } else if (cased
          && names > 0
          && PARTICLES.contains(word)
          && end + 1 < words.size()
          && words.isJoined(end + 1)
          && words.isNameLike(end + 1)) {
        end++;
      } else {
        break;
      }
    }
    return end;
  }

  /** Adds what of a run is a name; gives where to go on. */
  private int judge(int from, int to, List<Span> found) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (before(i, NameCue.TITLE, NameCue.ROLE, NameCue.CALL, NameCue.GREETING)) {
        start = i;
      }
    }
    int end = start;
    while (end < to && !isBehindName(end)) {
      end++;
    }
    if (end == start) {
      return Math.max(end, from + 1);
    }
    boolean other = isNoPerson(start, end);
    double confidence = other ? 0 : words.isCased(start) ? cased(start, end) : uncased(start, end);
    if (confidence > 0) {
      int behind = words.isCased(start) ? end : Math.min(end, start + 2);
      found.add(
          new Span(
              PersonalKind.PERSON_NAME, words.start(start), words.end(behind - 1), confidence));
    }
    return end;
  }

  /** Whether a run is called like a person and is none. */
  private boolean isNoPerson(int start, int end) {
    String folded = Words.fold(words.phrase(start, end));
    return NameWords.NO_PERSONS.stream().anyMatch(folded::contains);
  }

  /** Whether a word is said behind names and so is none. */
  private boolean isBehindName(int at) {
    return NameCues.isFirst(words.plain(at))
        && isAny(NameCues.of(words.plain(at), words.at(at)), NameCue.BEHIND, NameCue.ACTED);
  }

  private double cased(int start, int end) {
    int count = end - start;
    String first = words.at(start);
    String last = words.at(end - 1);
    if (count == 1 && (first.length() < LEAST_ALONE || words.isShouted(start))) {
      return 0;
    }
    if (before(start, NameCue.TITLE)
        || (end < words.size() && words.isJoined(end) && behind(end, NameCue.BEHIND))) {
      return SURE;
    }
    boolean reached = numbers && isReached(end - 1);
    if (before(start, NameCue.ROLE)
        && ((count > 1 && (reached || isMarked(start, end))) || isKnown(start, end))) {
      return SURE;
    }
    if (before(start, NameCue.CALL) && ((reached && count > 1) || isKnown(start, end))) {
      return LESS_SURE;
    }
    boolean acted = end < words.size() && words.isJoined(end) && behind(end, NameCue.ACTED);
    if (acted && (KnownNames.isGiven(first) || KnownNames.isGiven(last))) {
      return LESS_SURE;
    }
    if (before(start, NameCue.GREETING) && last.length() >= LEAST_ALONE && isGreeted(start, end)) {
      return LESS_SURE;
    }
    if (reached
        && (count > 1
            ? KnownNames.isGiven(first) || KnownNames.isGiven(last)
            : KnownNames.isFrequent(first))) {
      return LESS_SURE;
    }
    return count == 1
        ? alone(start)
        : (isInAddress(start, end) && isKnown(start, end) ? LESS_SURE : 0);
  }

  /** A frequent given name that is spoken to, or signs. */
  private double alone(int at) {
    String word = words.at(at);
    boolean last = at == words.size() - 1 && isEnd(words.end(at));
    boolean begins = at == 0 && words.end(at) + 1 < text.length();
    boolean spoken =
        begins
            && text.charAt(words.end(at)) == ','
            && at + 1 < words.size()
            && Character.isLowerCase(words.at(at + 1).charAt(0));
    boolean signs = last && at > 0 && ".!?,\n".indexOf(words.mark(at)) >= 0;
    return ((spoken || signs) && KnownNames.isFrequent(word)) || isInAddress(at, at + 1)
        ? LESS_SURE
        : 0;
  }

  private boolean isEnd(int at) {
    return at == text.length()
        || (at == text.length() - 1 && ".! \n".indexOf(text.charAt(at)) >= 0);
  }

  private double uncased(int start, int end) {
    int count = end - start;
    if (before(start, NameCue.TITLE)
        || (end < words.size() && words.isJoined(end) && behind(end, NameCue.BEHIND))) {
      return count <= 2 || isKnownUncased(start, end) ? SURE : 0;
    }
    boolean reached = numbers && isReached(Math.min(end, start + 2) - 1);
    if (before(start, NameCue.ROLE) && ((count == 2 && reached) || isKnownUncased(start, end))) {
      return SURE;
    }
    if (before(start, NameCue.CALL) && ((count <= 2 && reached) || isKnownUncased(start, end))) {
      return LESS_SURE;
    }
    boolean acted = end < words.size() && words.isJoined(end) && behind(end, NameCue.ACTED);
    return count <= 2 && (acted || reached) && isKnownUncased(start, end) ? LESS_SURE : 0;
  }

  /** Whether a word of some is a known name, of several also a surname. */
  private boolean isKnown(int start, int end) {
    if (end == start + 1) {
      return KnownNames.isInflected(words.at(start));
    }
    for (int i = start; i < end; i++) {
      String word = words.at(i);
      if (KnownNames.isInflected(word) || KnownNames.isSurname(word)) {
        return true;
      }
    }
    return false;
  }

  private boolean isKnownUncased(int start, int end) {
    for (int i = start; i < Math.min(end, start + 2); i++) {
      if (KnownNames.isInflected(words.at(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a mark says that a role's name is meant: a colon before it, or what ends it. */
  private boolean isMarked(int start, int end) {
    int behind = words.end(end - 1);
    return ":：՝".indexOf(words.mark(start)) >= 0
        || behind == text.length()
        || ",(.".indexOf(text.charAt(behind)) >= 0;
  }

  private boolean isGreeted(int start, int end) {
    int at = words.end(end - 1);
    return isKnown(start, end) || at == text.length() || ",!:".indexOf(text.charAt(at)) >= 0;
  }

  private boolean isReached(int last) {
    return REACHED.matcher(text).region(words.end(last), text.length()).lookingAt();
  }

  /** Whether a word of the name stands in the local part of an address of the text. */
  private boolean isInAddress(int start, int end) {
    if (sign < 0) {
      return false;
    }
    int from = text.lastIndexOf(' ', sign) + 1;
    String local = text.substring(from, sign).toLowerCase(Locale.ROOT);
    for (int i = start; i < end; i++) {
      String word = Words.fold(words.at(i));
      if (word.length() >= LEAST_IN_ADDRESS && local.contains(word) && words.end(i) <= from) {
        return true;
      }
    }
    return false;
  }

  /** Whether a phrase of one of some kinds stands right before a word. */
  private boolean before(int at, NameCue... any) {
    if (at == 0 || !NameCues.isLast(words.plain(at - 1))) {
      return false;
    }
    boolean comma = isGreetingComma(at, any);
    if (!(comma || words.isNear(at))) {
      return false;
    }
    for (int count = 1; count <= NameCues.MOST_WORDS && count <= at; count++) {
      if (count > 1 && !words.isNear(at - count + 1)) {
        return false;
      }
      Set<NameCue> cues =
          NameCues.of(words.plainPhrase(at - count, at), words.phrase(at - count, at));
      if (comma ? cues.contains(NameCue.GREETING) : isAny(cues, any)) {
        return true;
      }
    }
    return false;
  }

  private boolean isGreetingComma(int at, NameCue... any) {
    return any[any.length - 1] == NameCue.GREETING
        && text.startsWith(", ", words.end(at - 1))
        && words.start(at) == words.end(at - 1) + 2;
  }

  /** Whether such a phrase begins at a word. */
  private boolean behind(int at, NameCue any) {
    if (!NameCues.isFirst(words.plain(at))) {
      return false;
    }
    for (int count = 1; count <= NameCues.MOST_WORDS && at + count <= words.size(); count++) {
      if (count > 1 && !words.isJoined(at + count - 1)) {
        return false;
      }
      if (isAny(
          NameCues.of(words.plainPhrase(at, at + count), words.phrase(at, at + count)), any)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAny(Set<NameCue> cues, NameCue... any) {
    if (!cues.isEmpty()) {
      for (NameCue cue : any) {
        if (cues.contains(cue)) {
          return true;
        }
      }
    }
    return false;
  }
}
