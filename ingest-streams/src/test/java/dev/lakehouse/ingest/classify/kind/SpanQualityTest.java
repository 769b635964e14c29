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
  private static final Pattern MARK = Pattern.compile("\\[([A-Z_]+):([^\\]]+)\\]");

  /** Lines of {@code texts.txt}, their places marked as {@code [KIND:text]}. */
  private static List<Text> texts() {
    try (InputStream in = SpanQualityTest.class.getResourceAsStream("texts.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(SpanQualityTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Text read(String marked) {
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
    return new Text("own", "", text.append(marked.substring(at)).toString(), places);
  }

  @Test
  void placesInRunningText() {
    Score score = LabelledFile.texts(texts());
    System.out.println(score.report("places in running text"));
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
