package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.schema.Column;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file is told to be: its dialect, its columns, their types. */
class FileProfilerTest {
  private static FileProfiler.Profiled profile(byte[] file, Map<String, String> options) {
    try {
      return FileProfiler.profile(source(file), CsvOptions.of(options));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileSource source(byte[] file) {
    return new FileSource() {
      @Override
      public String name() {
        return "a.csv";
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(file);
      }
    };
  }

  private static FileProfiler.Profiled profile(String text) {
    return profile(text.getBytes(UTF_8), Map.of());
  }

  private static String typeName(Schema type) {
    return type.getLogicalType() == null
        ? type.getType().getName()
        : type.getLogicalType().getName();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "true FALSE=boolean",
        "1 0 -7=long",
        "123456789012345678=long",
        "1234567890123456789=string",
        "00501 10001=string",
        "+4930123456=string",
        "0 -0=double",
        "1 2.50 .097 -0.1=double",
        "1e3 2=double",
        "1e999=string",
        "0.1234567890123456789=decimal",
        "12345678901234567890.5 1=decimal",
        "1.5 00501=string",
        "NaN=string",
        "2024-02-29 0001-01-01=date",
        "2023-02-29=string",
        "2024-01-01T10:00 2024-01-01T10:00:00.123456=local-timestamp-micros",
        "2024-01-01T10:00:00.1234567=string",
        "2024-01-01T10:00Z 2024-01-01T10:00:00+05:30=timestamp-micros",
        "2024-01-01T10:00Z 2024-01-01T10:00:00=string",
        "2024-01-01T24:00=string",
        "1 true=string",
      })
  void typesFitEveryCell(String cells, String type) {
    FileProfiler.Profiled profile = profile("name\n" + cells.strip().replace(' ', '\n') + "\n\n");
    assertThat(typeName(profile.columns().get(0).type())).isEqualTo(type);
  }

  @Test
  void aSpaceStandsBetweenDateAndTimeToo() {
    assertThat(typeName(profile("at\n2024-01-01 10:00:00\n").columns().get(0).type()))
        .isEqualTo("local-timestamp-micros");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {"a,b|1,2|3,4=,", "a;b|1,5;2|1,7;3=;", "a~b|1~2=tab", "a:b=,"})
  void delimitersAreFound(String lines, String delimiter) {
    FileProfiler.Profiled profile = profile(lines.replace('|', '\n').replace('~', '\t') + "\n");
    assertThat(profile.dialect().delimiter())
        .isEqualTo(delimiter.equals("tab") ? '\t' : delimiter.charAt(0));
  }

  @Test
  void pipesAndQuotedLineEndsAreUnderstood() {
    FileProfiler.Profiled profile = profile("a|b\n\"x|\ny\"|1\n\"say \"\"hi\"\"\"|2\n");
    assertThat(profile.dialect().delimiter()).isEqualTo('|');
    assertThat(profile.rows()).isEqualTo(2);
    assertThat(profile.columns()).extracting(Column::name).containsExactly("a", "b");
  }

  @Test
  void encodingsAreFound() {
    String text = "name,n\nJürgen,1\nZoë,2\n";
    assertThat(profile(text.getBytes(UTF_8), Map.of()).dialect().charset()).isEqualTo("UTF-8");
    assertThat(profile(("\uFEFF" + text).getBytes(UTF_8), Map.of()).columns().get(0).name())
        .isEqualTo("name");
    assertThat(profile(("\uFEFF" + text).getBytes(UTF_16LE), Map.of()).rows()).isEqualTo(2);
    assertThat(
            profile(text.getBytes(Charset.forName("windows-1252")), Map.of()).dialect().charset())
        .isEqualTo("windows-1252");
  }

  @Test
  void aFileThatTurnsOutNotToBeUtf8LateIsStillRead() {
    String late = "name\n" + "plain\n".repeat(20_000) + "Zoë\n";
    FileProfiler.Profiled profile =
        profile(late.getBytes(Charset.forName("windows-1252")), Map.of());
    assertThat(profile.dialect().charset()).isEqualTo("windows-1252");
    assertThat(profile.rows()).isEqualTo(20_001);
  }

  @Test
  void headersAreToldFromRows() {
    assertThat(profile("id,name\n1,x\n").dialect().header()).isTrue();
    assertThat(profile("country,2019,2020\nDE,1,2\n").dialect().header()).isTrue();
    FileProfiler.Profiled without = profile("1,x\n2,y\n");
    assertThat(without.dialect().header()).isFalse();
    assertThat(without.rows()).isEqualTo(2);
    assertThat(without.columns()).extracting(Column::name).containsExactly("column_1", "column_2");
    assertThat(profile("a,b\nc,d\n".getBytes(UTF_8), Map.of("header", "false")).rows())
        .isEqualTo(2);
  }

  @Test
  void namesAreKeptAndUnique() {
    assertThat(profile("Cost Total $,a,A,,_ingest_id\n1,2,3,4,5\n").columns())
        .extracting(Column::name)
        .isEqualTo(List.of("Cost Total $", "a", "A_2", "column_4", "_ingest_id_2"));
  }

  @Test
  void raggedRowsSayNothingOfTheTypes() {
    FileProfiler.Profiled profile = profile("a,b\n1,2\nthree\n4,5,6\n");
    assertThat(profile.columns())
        .extracting(c -> typeName(c.type()))
        .containsExactly("long", "long");
    assertThat(profile.rows()).isEqualTo(3);
  }

  @Test
  void whatIsNoTextIsRefused() {
    assertThatThrownBy(() -> profile("a,b\n\u0000\u0001\n"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("binary");
  }
}
