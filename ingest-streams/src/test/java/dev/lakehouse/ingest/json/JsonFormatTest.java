package dev.lakehouse.ingest.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.ingest.format.FormatReading;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // where lines end, and how, is what is tested
class JsonFormatTest {
  private final JsonFormat format = new JsonFormat();

  private FormatReading read(String text) throws IOException {
    return FormatReading.of(format, text);
  }

  private FormatReading read(String text, String records) throws IOException {
    return FormatReading.of(
        format, text.getBytes(UTF_8), Map.of("records", records), Optional.empty());
  }

  private UnreadableFileException refused(String text) {
    return refused(text.getBytes(UTF_8));
  }

  private UnreadableFileException refused(byte[] file) {
    try {
      FormatReading.of(format, file, Map.of(), Optional.empty());
    } catch (UnreadableFileException e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("was read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y\"}]",
        "[\n  {\"a\":1,\"b\":\"x\"},\n  {\"a\":2,\"b\":\"y\"}\n]\n",
        "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n",
        "\n{\"a\":1,\"b\":\"x\"}\r\n\r\n  {\"a\":2,\"b\":\"y\"}",
        "{\"a\":1,\"b\":\"x\"}{\"a\":2,\"b\":\"y\"}",
        "{\n\"a\":1,\n\"b\":\"x\"}\n{\n\"a\":2,\n\"b\":\"y\"\n}",
        "{\"a\":1,\"b\":\"x\"}\n{\n\"a\":2,\n\"b\":\"y\"\n}",
        "\uFEFF{\"a\":1,\"b\":\"x\"} {\"a\":2,\"b\":\"y\"}",
        "{\"data\":{\"rows\":[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y\"}"
            + "                                                            "
            + "                                                            "
            + "]},\"n\":2}",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y\"}]}"
      })
  void recordsAreFoundHoweverTheyAreLaidOut(String text) throws IOException {
    FormatReading read = read(text);
    assertThat(read.columns()).containsExactly("a long", "b string");
    assertThat(read.values("a")).containsExactly("1", "2");
    assertThat(read.values("b")).containsExactly("x", "y");
    assertThat(read.profile().rows()).isEqualTo(2);
  }

  @Test
  void aSingleObjectIsOneRow() throws IOException {
    FormatReading read =
        read("{\"id\":7,\"note\":\"a longer text\",\"lines\":[{\"n\":1},{\"n\":2}]}");
    assertThat(read.columns()).containsExactly("id long", "note string", "lines string");
    assertThat(read.values("lines")).containsExactly("[{\"n\":1},{\"n\":2}]");
  }

  @Test
  void aPointerSaysWhereTheRecordsAre() throws IOException {
    String text =
        "{\"a\":{\"b/c\":[{\"x\":1},{\"x\":2}]},\"rest\":[{\"y\":1},{\"y\":2},{\"y\":3}]}";
    assertThat(read(text, "/a/b~1c").values("x")).containsExactly("1", "2");
    assertThat(read(text, "/rest").values("y")).containsExactly("1", "2", "3");
    assertThat(read(text, "/rest/2").values("y")).containsExactly("3");
    assertThat(read(text + text, "/rest").values("y")).hasSize(6);
    assertThat(read(text, "").columns()).containsExactly("a.b/c string", "rest string");
    assertThatThrownBy(() -> read(text, "/rows"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("/rows");
    assertThatThrownBy(() -> format.check(Map.of("records", "rows")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void scalarsAndListsAsRecordsAreOneColumn() throws IOException {
    assertThat(read("[1, 2.5, null]").columns()).containsExactly("value double?");
    assertThat(read("[[1,2],[3]]").columns()).containsExactly("value list(long)");
    assertThat(read("[1,2]\n[3]\n").values("value")).containsExactly("[1, 2]", "[3]");
  }

  @Test
  void nestedObjectsBecomeColumnsNamedByTheirPath() throws IOException {
    FormatReading read =
        read(
            "[{\"a\":{\"b\":1,\"c\":{\"d\":\"x\"}},\"a.b\":2,\"A.B\":3},{\"a\":5,\"e\":{},\"f\":null,\"_ingest_id\":1}]");
    assertThat(read.columns())
        .containsExactly(
            "a long?",
            "a.b long?",
            "a.c.d string?",
            "a.b_2 long?",
            "A.B_3 long?",
            "e string?",
            "f string?",
            "_ingest_id_2 long?");
    assertThat(read.values("a.b")).containsExactly("1", "null");
    assertThat(read.values("a.b_2")).containsExactly("2", "null");
    assertThat(read.values("a")).containsExactly("null", "5");
  }

  @Test
  void listsOfScalarsStayListsAndOtherArraysJson() throws IOException {
    FormatReading read =
        read(
            "[{\"n\":[1,2.5],\"m\":[1,\"x\",null],\"o\":[{\"k\":1.10}],\"d\":[[1,2],[3]],\"x\":[],\"t\":\"a\"},"
                + "{\"n\":[],\"m\":null,\"o\":[],\"d\":[],\"x\":[],\"t\":[\"b\",true]}]");
    assertThat(read.columns())
        .containsExactly(
            "n list(double)",
            "m list(string)?",
            "o string",
            "d string",
            "x list(string)",
            "t string");
    assertThat(read.values("n")).containsExactly("[1.0, 2.5]", "[]");
    assertThat(read.values("m")).containsExactly("[1, x, null]", "null");
    assertThat(read.values("o")).containsExactly("[{\"k\":1.10}]", "[]");
    assertThat(read.values("d")).containsExactly("[[1,2],[3]]", "[]");
    assertThat(read.values("t")).containsExactly("a", "[\"b\",true]");
  }

  @Test
  void mixedTypesAreTextAndNumbersKeepTheirNotation() throws IOException {
    FormatReading read =
        read("[{\"t\":\"Seven\"},{\"t\":1776},{\"t\":1.50},{\"t\":1E3},{\"t\":true},{\"t\":null}]");
    assertThat(read.columns()).containsExactly("t string?");
    assertThat(read.values("t")).containsExactly("Seven", "1776", "1.50", "1E3", "true", "null");
  }

  @Test
  void numbersLoseNoDigit() throws IOException {
    FormatReading read =
        read(
            "{\"i\":9223372036854775807,\"d\":1,\"e\":9007199254740993,\"h\":123456789012345678901234567890,\"p\":0.1234567890123456789,\"x\":1e400,\"z\":-0,\"y\":12345678901234567890123456789012345678901234567890}\n"
                + "{\"i\":-1,\"d\":0.1,\"e\":0.5,\"h\":-1,\"p\":1,\"x\":1,\"z\":1,\"y\":1}\n");
    assertThat(read.columns())
        .containsExactly(
            "i long",
            "d double",
            "e decimal(17,1)",
            "h decimal(30,0)",
            "p decimal(20,19)",
            "x string",
            "z double",
            "y string");
    assertThat(read.values("x")).containsExactly("1e400", "1");
    assertThat(read.values("i")).containsExactly("9223372036854775807", "-1");
    assertThat(read.values("z")).containsExactly("-0.0", "1.0");
    assertThat(read.misfits()).isEmpty();
  }

  @Test
  void datesInTextAreDates() throws IOException {
    FormatReading read =
        read(
            "[{\"d\":\"2024-02-29\",\"l\":\"2024-02-29T12:00:00.5\",\"z\":\"2024-02-29T12:00:00Z\",\"c\":\"00123\",\"e\":\"\"},{\"d\":null,\"l\":\"2024-03-01"
                + " 00:00\",\"z\":\"2024-02-29T12:00:00+05:30\",\"c\":\"7\",\"e\":\"2024-01-01\"}]");
    assertThat(read.columns())
        .containsExactly(
            "d date?", "l local-timestamp-micros", "z timestamp-micros", "c string", "e string");
  }

  @Test
  void aBadLineIsKeptBackAndTheOthersAreRows() throws IOException {
    FormatReading read =
        read(
            "{\"a\":1}\n"
                + "{\"a\":\n"
                + "{\"a\":3} x\n"
                + "{\"a\":4,\"a\":5}\n"
                + "{\"a\":6}\n\n"
                + "{'a':7}\n"
                + "{\"a\":8}\n"
                + "{\"a\":9}\n"
                + "{\"a\":10}\n"
                + "{\"a\":11}\n"
                + "{\"a\":12");
    assertThat(read.values("a")).containsExactly("1", "6", "8", "9", "10", "11");
    assertThat(read.misfits())
        .extracting(misfit -> misfit.code() + " " + misfit.reason())
        .satisfiesExactly(
            m -> assertThat(m).isEqualTo("json_truncated line 2: the line ends within a value"),
            m -> assertThat(m).startsWith("not_json line 3: there is more behind"),
            m ->
                assertThat(m)
                    .isEqualTo("duplicate_key line 4, column 8: the key 'a' is there twice"),
            m -> assertThat(m).startsWith("not_json line 7, column 2: Unexpected character"),
            m -> assertThat(m).startsWith("json_truncated line 12"));
    assertThat(read.raw())
        .extracting(raw -> new String(raw, UTF_8))
        .containsExactly("{\"a\":", "{\"a\":3} x", "{\"a\":4,\"a\":5}", "{'a':7}", "{\"a\":12");
    assertThat(read.profile().rows()).isEqualTo(11);
  }

  @Test
  void aLineThatIsNotUtf8IsKeptBackWithItsBytes() throws IOException {
    byte[] file = "{\"a\":\"x\"}\n{\"a\":\"caf\u00e9\"}\n{\"a\":\"y\"}\n".getBytes(ISO_8859_1);
    FormatReading read = FormatReading.of(format, file, Map.of(), Optional.empty());
    assertThat(read.values("a")).containsExactly("x", "y");
    assertThat(read.misfits()).hasSize(1);
    assertThat(read.misfits().get(0).code()).isEqualTo("bad_encoding");
    assertThat(read.misfits().get(0).reason()).contains("line 2, column 10");
    assertThat(new String(read.raw().get(0), ISO_8859_1)).isEqualTo("{\"a\":\"caf\u00e9\"}");
  }

  @Test
  void aBrokenDocumentIsRefusedWithLineAndColumn() {
    assertThat(refused("[{\"a\":1},\n {\"a\":2},\n {\"a\":"))
        .satisfies(e -> assertThat(e.code()).isEqualTo("json_truncated"))
        .hasMessageContaining("line 3, column 7");
    assertThat(refused("[{\"a\":1},\n {\"a\" 2}]"))
        .satisfies(e -> assertThat(e.code()).isEqualTo("not_json"))
        .hasMessageContaining("line 2, column 7");
    assertThat(refused("[{\"a\":1},\n {\"a\":NaN}]")).hasMessageContaining("line 2");
    assertThat(refused("[{\"a\":\"caf\u00e9 au lait\"}]".getBytes(ISO_8859_1)))
        .satisfies(e -> assertThat(e.code()).isEqualTo("bad_encoding"))
        .hasMessageContaining("line 1, column 11");
    assertThat(refused("[{\"a\":1}] x")).hasMessageContaining("line 1");
    assertThat(refused("[{},{}]").code()).isEqualTo("no_columns");
  }

  @Test
  void nestingIsBoundedAndCostsNoStack() throws IOException {
    String deep = "[".repeat(9_000) + "]".repeat(9_000);
    FormatReading read = read("[{\"a\":" + deep + "}]");
    assertThat(read.values("a")).containsExactly(deep);
    assertThat(read("{\"a\":".repeat(100) + "1" + "}".repeat(100)).columns())
        .containsExactly("a" + ".a".repeat(15) + " string");
    assertThat(refused("[".repeat(20_000)).code()).isEqualTo("json_too_deep");
    assertThat(refused("[{\"a\":" + "{\"a\":".repeat(2_000_000)).code()).isEqualTo("json_too_deep");
  }

  @Test
  void duplicateKeysAreProblemsOfTheirRecord() throws IOException {
    FormatReading read =
        read(
            "[{\"a\":1},{\"a\":1,\"b\":2,\"a\":3},{\"a\":4},\n"
                + "{\"a\":5,\"o\":{\"x\":1},\"o\":{}},{\"a\":6,\"l\":[{\"k\":1,\"k\":2}]},{\"a\":7},{\"a\":8}]");
    assertThat(read.values("a")).containsExactly("1", "4", "7", "8");
    assertThat(read.misfits()).extracting(misfit -> misfit.code()).containsOnly("duplicate_key");
    assertThat(read.raw())
        .extracting(raw -> new String(raw, UTF_8))
        .containsExactly(
            "{\"a\":1,\"b\":2,\"a\":3}",
            "{\"a\":5,\"o\":{\"x\":1},\"o\":{}}",
            "{\"a\":6,\"l\":[{\"k\":1,\"k\":2}]}");
    assertThat(refused("{\"r\":[{\"a\":1},{\"a\":2}],\"r\":[{\"a\":3},{\"a\":4}]}").code())
        .isEqualTo("duplicate_key");
  }

  @Test
  void otherUnicodeEncodingsAreKnown() throws IOException {
    String text = "[{\"a\":\"h\u00e9llo \ud83d\ude00\"},{\"a\":\"b\"}]";
    for (Charset charset :
        new Charset[] {
          UTF_8, UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE")
        }) {
      for (String mark : new String[] {"", "\uFEFF"}) {
        FormatReading read =
            FormatReading.of(format, (mark + text).getBytes(charset), Map.of(), Optional.empty());
        assertThat(read.values("a"))
            .as(charset + mark)
            .containsExactly("h\u00e9llo \ud83d\ude00", "b");
      }
    }
    byte[] cut = "\uFEFF[{\"a\":\"x\"}".getBytes(UTF_16LE);
    assertThat(refused(java.util.Arrays.copyOf(cut, cut.length - 1)).code())
        .isEqualTo("bad_encoding");
  }

  @Test
  void namesThatAreDataStayJson() throws IOException {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < 2_000; i++) {
      text.append(i == 0 ? "" : ",").append("{\"id\":" + i + ",\"by\":{\"u" + i + "\":{\"n\":1}}}");
    }
    FormatReading read = read(text.append("]").toString());
    assertThat(read.columns()).containsExactly("id long", "by string");
    assertThat(read.values("by").get(5)).isEqualTo("{\"u5\":{\"n\":1}}");
    StringBuilder wide = new StringBuilder("{");
    for (int i = 0; i < 2_000; i++) {
      wide.append(i == 0 ? "" : ",").append("\"k" + i + "\":1");
    }
    assertThat(refused(wide.append("}").toString()).code()).isEqualTo("too_many_columns");
  }

  @Test
  void theTypesOfADatasetWin() throws IOException {
    FormatReading first =
        read(
            "[{\"n\":1,\"d\":\"2024-01-01\",\"t\":\"x\",\"l\":[1]},{\"n\":2,\"d\":\"2024-01-02\",\"t\":\"y\",\"l\":[2]}]");
    FormatReading second =
        FormatReading.of(
            format,
            "[{\"n\":3.0,\"d\":\"2024-01-03\",\"t\":4,\"l\":[]},{\"n\":\"5\"},{\"n\":5.5},{\"d\":\"soon\"},{\"l\":[\"x\"]},{\"t\":[1,\"a\"]},{\"l\":9}]"
                .getBytes(UTF_8),
            Map.of(),
            Optional.of(first.schema()));
    assertThat(second.values("n")).containsExactly("3", "null");
    assertThat(second.values("t")).containsExactly("4", "[1,\"a\"]");
    assertThat(second.misfits())
        .extracting(misfit -> misfit.reason())
        .satisfiesExactly(
            m -> assertThat(m).contains("'5' in column 'n' is not of its type, long"),
            m -> assertThat(m).contains("'5.5' in column 'n'"),
            m -> assertThat(m).contains("'soon' in column 'd' is not of its type, date"),
            m -> assertThat(m).contains("'[\"x\"]' in column 'l' is not of its type, array"),
            m -> assertThat(m).contains("'9' in column 'l'"));
  }

  @Test
  void halfACharacterDoesNotFit() throws IOException {
    FormatReading read = read("[{\"a\":\"\\ud83d\"},{\"a\":\"\\ud83d\\ude00\"}]");
    assertThat(read.values("a")).containsExactly("\ud83d\ude00");
    assertThat(read.misfits().get(0).reason()).contains("half a character");
    assertThat(new String(read.raw().get(0), UTF_8)).isEqualTo("{\"a\":\"\\ud83d\"}");
  }

  @Test
  void anEmptyArrayHasNoRows() throws IOException {
    FormatReading read = read(" [ ] ");
    assertThat(read.profile().rows()).isZero();
    assertThat(read.columns()).isEmpty();
  }
}
