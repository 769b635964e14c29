package dev.lakehouse.ingest.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file is what its content says; its name decides what is left open, the option everything. */
class FormatsTest {
  private static final Formats ALL =
      new Formats(
          List.of("csv", "json", "parquet", "avro", "pdf", "sms", "text").stream()
              .map(name -> (FileFormat) new Named(name, Set.of("only_" + name)))
              .toList());

  private record Named(String name, Set<String> options) implements FileFormat {
    @Override
    public FileProfile profile(FileSource source, Map<String, String> options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RowStream open(FileSource source, String dialect, Schema schema, List<String> fields) {
      throw new UnsupportedOperationException();
    }
  }

  private static String format(String name, String content) {
    return ALL.of(new FileHead(name, content.getBytes(UTF_8), true), Map.of()).name();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '`',
      value = {
        "PAR1xx=x.csv=parquet",
        "Obj\u0001xx=x.csv=avro",
        "%PDF-1.7=x.csv=pdf",
        "junk first %PDF-1.7=x=pdf",
        "<?xml?><smses>=x.xml=sms",
        "{\"a\": 1}=x.csv=json",
        "  [1, 2]=x=json",
        "[{\"a\": 1}, {\"a\"=x.txt=json",
        "{}=x=json",
        "{broken=x.json=json",
        "[1];[2]|[3];[4]=x.csv=csv",
        "a,b|1,2|3,4=x.txt=csv",
        "a,b|1,2|3,4=x=csv",
        "a;b|1;2|3;4=x.log=csv",
        "one word=x.csv=csv",
        "Dear all,|we met, as said, on Monday.|Bye=x.txt=text",
        "Dear all,|we met, as said, on Monday.|Bye=x.csv=csv",
        "<3 you,a|x,b=x.csv=csv",
        "ORCHARD,a|b,c|d,e=x.csv=csv",
      })
  void theContentDecides(String content, String name, String format) {
    assertThat(format(name, content.replace('|', '\n'))).isEqualTo(format);
  }

  @Test
  void utf16IsTextToo() {
    byte[] json = "{\"a\": 1}".getBytes(UTF_16LE);
    assertThat(ALL.of(new FileHead("x", json, true), Map.of()).name()).isEqualTo("json");
  }

  @Test
  void theOptionDecidesOverTheContent() {
    FileHead head = new FileHead("x", "{\"a\": 1}".getBytes(UTF_8), true);
    assertThat(ALL.of(head, Map.of("format", "text")).name()).isEqualTo("text");
    assertThatThrownBy(() -> ALL.check(Map.of("format", "docx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parquet");
    assertThatThrownBy(() -> ALL.check(Map.of("colour", "red"))).hasMessageContaining("only_csv");
    ALL.check(Map.of("only_csv", "1", "entry", "a.csv"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "\u0089PNG\r=picture",
        "\u00ff\u00d8\u00ff\u0001=picture",
        "a\u0000b=binary",
        "<!DOCTYPE html><html>=HTML",
        "<a><b/></a>=XML"
      })
  void whatNobodyReadsIsNamed(String content, String what) {
    UnreadableFileException refused =
        catchThrowableOfType(
            UnreadableFileException.class,
            () -> ALL.of(new FileHead("x.csv", content.getBytes(ISO_8859_1), true), Map.of()));
    assertThat(refused.code()).isEqualTo("unknown_format");
    assertThat(refused).hasMessageContaining(what);
    assertThat(refused.hint()).contains("CSV");
  }

  @Test
  void nothingIsNoFile() {
    for (String nothing : List.of("", " \n\t\n")) {
      assertThat(
              catchThrowableOfType(UnreadableFileException.class, () -> format("x.csv", nothing))
                  .code())
          .isEqualTo("empty_file");
    }
  }
}
