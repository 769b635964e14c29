package dev.lakehouse.ingest.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingOrderTest {
  private static final float EM = 10;

  private final List<Glyph> glyphs = new ArrayList<>();

  private void write(float x, float y, String text) {
    for (int i = 0; i < text.length(); i++) {
      glyphs.add(
          new Glyph(x + i * EM / 2, y, EM / 2, EM, EM / 4, String.valueOf(text.charAt(i)), 0));
    }
  }

  private static List<String> lines(String column, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> column + " column, line " + i).toList();
  }

  private void column(float x, float y, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      write(x, y + i * 12, lines.get(i));
    }
  }

  @Test
  void threeColumnsAreReadOneAfterTheOther() {
    List<String> first = lines("first", 10);
    List<String> second = lines("second", 10);
    List<String> third = lines("third", 6);
    column(400, 103, third);
    column(50, 100, first);
    column(230, 101, second);
    assertThat(ReadingOrder.text(glyphs))
        .isEqualTo(
            String.join("\n", first)
                + "\n\n"
                + String.join("\n", second)
                + "\n\n"
                + String.join("\n", third));
  }

  @Test
  void columnsOfRightToLeftTextBeginAtTheRight() {
    String line = new StringBuilder("שורה אחת של עמודה").reverse().toString();
    String other = new StringBuilder("ועוד אחת משמאל לה").reverse().toString();
    for (int i = 0; i < 6; i++) {
      write(50, 100 + i * 12, other);
      write(300, 100 + i * 12, line);
    }
    assertThat(ReadingOrder.text(glyphs))
        .isEqualTo(
            String.join("\n", java.util.Collections.nCopies(6, "שורה אחת של עמודה"))
                + "\n\n"
                + String.join("\n", java.util.Collections.nCopies(6, "ועוד אחת משמאל לה")));
  }

  @Test
  void aHeadingAcrossBetweenColumnsIsReadInItsPlace() {
    column(50, 100, lines("upper left", 5));
    column(300, 100, lines("upper right", 5));
    write(50, 170, "a heading that stands across both columns of the page");
    column(50, 190, lines("lower left", 5));
    column(300, 190, lines("lower right", 5));
    assertThat(ReadingOrder.text(glyphs).replace("\n\n", "\n").lines())
        .extracting(line -> line.replaceAll(" column, line.*", ""))
        .containsSubsequence(
            "upper left",
            "upper right",
            "a heading that stands across both columns of the page",
            "lower left",
            "lower right");
  }

  @Test
  void aListWithAmountsIsReadRowByRow() {
    List<String> names = List.of("Sugar and flour", "Tea and coffee", "Rope of hemp", "Lamp oil");
    for (int i = 0; i < names.size(); i++) {
      write(50, 100 + i * 12, names.get(i));
      write(400, 100 + i * 12, (i + 1) + ".50");
    }
    assertThat(ReadingOrder.text(glyphs))
        .isEqualTo("Sugar and flour 1.50\nTea and coffee 2.50\nRope of hemp 3.50\nLamp oil 4.50");
  }

  @Test
  void wordsWithoutSpacesBetweenThemAreSetApart() {
    write(50, 100, "two");
    write(68, 100, "words");
    assertThat(ReadingOrder.text(glyphs)).isEqualTo("two words");
  }

  @Test
  void numbersAndBracketsInRightToLeftTextStayWhole() {
    // As it is seen, brackets open the other way.
    String seen = new StringBuilder("מחיר )נטו( 12.50 ש").reverse().toString();
    write(50, 100, seen.replace("05.21", "12.50"));
    assertThat(ReadingOrder.text(glyphs)).isEqualTo("מחיר (נטו) 12.50 ש");
  }
}
