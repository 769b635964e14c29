package dev.lakehouse.ingest.document;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TextFormatTest {
  private static final TextFormat FORMAT = new TextFormat();

  private static List<Object> texts(byte[] file) {
    return Reading.of(FORMAT, "a.txt", file).column("text");
  }

  @Test
  void aShortTextIsOneRow() {
    Reading reading = Reading.of(FORMAT, "a.txt", "Dear all,\n\nthe ship is in.\n".getBytes(UTF_8));
    assertThat(reading.rows())
        .containsExactly(
            Map.of(
                "document", "a.txt",
                "page", 1,
                "pages", 1,
                "text", "Dear all,\n\nthe ship is in.\n",
                "language", "",
                "ocr", "none"));
    assertThat(reading.texts()).hasSize(1);
  }

  @Test
  void formFeedsAreEndsOfPages() {
    assertThat(texts("one\ftwo\f\ffour\f".getBytes(UTF_8)))
        .containsExactly("one", "two", "", "four");
  }

  @Test
  void longTextsAreCutAtParagraphs() {
    String paragraph = "A line of some words that is not long.\n".repeat(100) + "\n";
    Reading reading = Reading.of(FORMAT, "a.txt", paragraph.repeat(20).getBytes(UTF_8));
    assertThat(reading.rows()).hasSize(3);
    assertThat(reading.text(0)).endsWith("long.\n\n").hasSizeLessThanOrEqualTo(TextPages.LONGEST);
    assertThat(String.join("", reading.column("text").stream().map(String::valueOf).toList()))
        .isEqualTo(paragraph.repeat(20));
    assertThat(reading.column("pages")).containsOnly(3);
  }

  @Test
  void encodingsAreFoundOut() {
    String text = "Grüße aus Köln, 5 €";
    assertThat(texts(text.getBytes(UTF_8))).containsExactly(text);
    assertThat(texts(("\uFEFF" + text).getBytes(UTF_8))).containsExactly(text);
    assertThat(texts(("\uFEFF" + text).getBytes(UTF_16LE))).containsExactly(text);
    assertThat(texts(text.getBytes(UTF_16LE))).containsExactly(text);
    assertThat(texts(text.getBytes(Charset.forName("windows-1252")))).containsExactly(text);
    assertThat(
            Reading.of(
                    FORMAT,
                    "a.txt",
                    "Привет".getBytes(Charset.forName("KOI8-R")),
                    Map.of("encoding", "KOI8-R"),
                    0)
                .column("text"))
        .containsExactly("Привет");
    assertThatThrownBy(() -> FORMAT.check(Map.of("encoding", "nonsense")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoTextIsRefused() {
    assertThatThrownBy(() -> texts("a\0b".getBytes(UTF_8)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("zeros");
    assertThatThrownBy(
            () ->
                Reading.of(
                    FORMAT, "a.txt", new byte[] {'a', (byte) 0xff}, Map.of("encoding", "UTF-8"), 0))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("not text in UTF-8");
  }

  @Property(tries = 300)
  void thePagesAreTheText(@ForAll @IntRange(min = 1, max = 200_000) int length, @ForAll long seed)
      throws IOException {
    char[] alphabet = {'a', ' ', '\n', '\r', 'é', '\uD83D', '\uDE00', '\t'};
    StringBuilder text = new StringBuilder(length);
    java.util.Random random = new java.util.Random(seed);
    int kinds = 1 + random.nextInt(alphabet.length);
    while (text.length() < length) {
      char c = alphabet[random.nextInt(kinds)];
      text.append(c == '\uD83D' || c == '\uDE00' ? "😀" : String.valueOf(c));
    }
    List<String> pages = new ArrayList<>();
    try (TextPages cut = new TextPages(new StringReader(text.toString()))) {
      for (Optional<String> page = cut.next(); page.isPresent(); page = cut.next()) {
        pages.add(page.get());
      }
    }
    assertThat(String.join("", pages)).isEqualTo(text.toString());
    assertThat(pages)
        .allSatisfy(
            page -> {
              assertThat(page.length()).isLessThanOrEqualTo(TextPages.LONGEST);
              assertThat(Character.isHighSurrogate(page.charAt(page.length() - 1))).isFalse();
            });
  }
}
