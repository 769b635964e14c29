package dev.lakehouse.ingest.classify.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.classify.evidence.LabelledFile;
import dev.lakehouse.ingest.classify.evidence.LabelledFile.Place;
import dev.lakehouse.ingest.classify.evidence.LabelledFile.Text;
import dev.lakehouse.ingest.classify.evidence.Score;
import dev.lakehouse.schemas.event.PersonalKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Precision and recall of places in running text. Persons' names and addresses are reported apart:
 * they have no pattern.
 */
class SpanQualityTest {
  private static final Set<PersonalKind> APART =
      EnumSet.of(PersonalKind.PERSON_NAME, PersonalKind.ADDRESS);
  private static final Pattern LANGUAGE = Pattern.compile("([a-z]{2})\\|");
  private static final Pattern MARK = Pattern.compile("\\[([A-Z_]+):([^\\]]+)\\]");

  /**
   * The lines of a resource, their places marked as {@code [KIND:text]}; a language may stand
   * before a line ({@code de|}).
   */
  private static List<Text> texts(String resource) {
    try (InputStream in = SpanQualityTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(SpanQualityTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Text read(String line) {
    Matcher language = LANGUAGE.matcher(line);
    String locale = language.lookingAt() ? language.group(1) : "";
    String marked = locale.isEmpty() ? line : line.substring(language.end());
    StringBuilder text = new StringBuilder();
    List<Place> places = new ArrayList<>();
    Matcher mark = MARK.matcher(marked);
    int at = 0;
    while (mark.find()) {
      text.append(marked, at, mark.start());
      int start = text.length();
      text.append(mark.group(2));
      places.add(new Place(start, text.length(), PersonalKind.valueOf(mark.group(1))));
      at = mark.end();
    }
    return new Text("own", locale, text.append(marked.substring(at)).toString(), places);
  }

  @Test
  void placesInRunningText() {
    check("texts.txt");
  }

  @Test
  void placesInManyLanguages() {
    check("many-languages.txt");
  }

  /**
   * Of other languages, and of later sentences of the same, than the phrases were gathered with.
   */
  @Test
  void placesInManyLanguagesHeldOut() {
    check("many-languages-held-out.txt");
  }

  /** What is said beside names, and what looks like it, written before the rules were. */
  @Test
  void namesInManyLanguagesHeldOut() {
    check("names-held-out.txt");
  }

  private static void check(String resource) {
    Score score = LabelledFile.texts(texts(resource));
    System.out.println(score.report("places in running text: " + resource));
    Score.Count strict = score.all(kind -> !APART.contains(kind));
    Score.Count apart = score.all(APART::contains);
    assertThat(strict.recall()).as("recall").isGreaterThanOrEqualTo(0.90);
    assertThat(strict.precision()).as("precision").isGreaterThanOrEqualTo(0.90);
    assertThat(apart.recall()).as("recall of names and addresses").isGreaterThanOrEqualTo(0.80);
    assertThat(apart.precision())
        .as("precision of names and addresses")
        .isGreaterThanOrEqualTo(0.80);
  }
}
