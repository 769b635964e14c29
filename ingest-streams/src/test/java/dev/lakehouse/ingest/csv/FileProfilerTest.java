package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.schema.Column;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;
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

  @Test
  void aTableOfTooManyColumnsIsRefused() {
    String row = "1,".repeat(2_000) + "1\n";
    assertThatThrownBy(() -> profile(row.repeat(3)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("2001 columns");
  }

  @Test
  void aLongFirstCellTakesNoTime() {
    String long1 = "@" + "a.".repeat(20_000) + " ";
    String file = "x," + long1 + "b\n" + "1,2\n".repeat(5);
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> profile(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "true FALSE=boolean",
        "1 0 -7=long",
        "123456789012345=long",
        "1234567890123456=string",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "1,234|12,345,678|5=long=1,234.5",
        "1,234.50|0.5=double=1,234.5",
        "1,5|2,25|3=double=1.234,5",
        "1.234|12,5|7.000=double=1.234,5",
        "1.234.567,8=double=1.234,5",
        "0,123=double=1.234,5",
        "1 234,5|12 345 678,0=double=1 234,5",
        "1'234.5=double=1'234.5",
        "$1,234.50|$-3.10|($5.00)=double=$1,234.5",
        "12,50 €|1.000,00 €=double=1.234,5€",
        "12.5%|7%=double=1,234.5%",
        "1,23,456=string=",
        "$5|€6=string=",
        "+5|+6=string=",
        "yes|No=boolean=yes/no",
        "31.12.2024|1.2.2024=date=d.m.y",
        "3/29/1982|2/1/1956=date=m/d/y",
        "29/3/1982|2/1/1956=date=d/m/y",
        "1/2/2024|3/4/2024=string=",
        "29/3/1982|3/29/1982=string=",
        "Jun 12 1998|March 3, 2001=date=mon d y",
        "12-Jun-1998|3 Sept 2001=date=d mon y",
        "2024/1/31=date=y/m/d",
        "31.12.2024 9:05|1.1.2025 10:00:30=local-timestamp-micros=d.m.y",
        "12/31/2024 9:05 PM|1/1/2025 12:00 AM=local-timestamp-micros=m/d/y",
        "31.12.2024 09:05 +01:00|1.1.2025 10:00 UTC=timestamp-micros=d.m.y",
        "2024-1-5 3:07 PM=local-timestamp-micros=y-m-d",
        "3/29/82=string=",
        "1|NA|3=long=",
        "NA|-|2024-01-01|null=date=",
        "NA|x=string=",
        "NA|-=string=",
        "1|unknown=string=",
      })
  void otherNotationsAreUnderstoodWhereTheWholeColumnSaysSo(
      String cells, String type, String notation) {
    FileProfiler.Profiled profile =
        profile("name\ta\nx\t" + cells.strip().replace("|", "\nx\t") + "\n");
    assertThat(typeName(profile.columns().get(1).type())).isEqualTo(type);
    assertThat(profile.dialect().notations().stream().skip(1).findFirst().orElse(""))
        .matches(kept -> type.equals("string") || kept.equals(notation == null ? "" : notation));
  }

  @Test
  void whatIsAmbiguousIsDecidedByAnOption() {
    byte[] dates = "a,b\n1,1/2/2024\n2,3/4/2024\n".getBytes(UTF_8);
    assertThat(typeName(profile(dates, Map.of("dates", "dmy")).columns().get(1).type()))
        .isEqualTo("date");
    byte[] numbers = "a;b\n1;1,234\n2;5,678\n".getBytes(UTF_8);
    assertThat(typeName(profile(numbers, Map.of()).columns().get(1).type())).isEqualTo("string");
    assertThat(typeName(profile(numbers, Map.of("decimal", ",")).columns().get(1).type()))
        .isEqualTo("double");
    assertThat(typeName(profile(numbers, Map.of("decimal", ".")).columns().get(1).type()))
        .isEqualTo("long");
  }

  @Test
  void theFilesOtherNumbersSayWhatAPointIs() {
    FileProfiler.Profiled german = profile("a;n\n1,5;1.200\n2,25;7\n");
    assertThat(german.columns()).extracting(c -> typeName(c.type())).contains("double", "long");
    assertThat(german.dialect().notations()).containsExactly("1.234,5", "1.234,5");
    FileProfiler.Profiled english = profile("a;n\n1.5;1,200\n2.25;7\n");
    assertThat(english.columns()).extracting(c -> typeName(c.type())).contains("double", "long");
  }

  @Test
  void headersMayHaveDatesOrLeaveOutTheRowsNames() {
    assertThat(profile("region,1/22/2020,1/23/2020\nA,1,2\nB,3,4\n").columns())
        .extracting(Column::name)
        .containsExactly("region", "1/22/2020", "1/23/2020");
    assertThat(profile("\"a\",\"b\"\n\"x\",1,2\n\"y\",3,4\n").columns())
        .extracting(Column::name)
        .containsExactly("column_1", "a", "b");
    assertThat(profile("sep=;\na;b\n1;2\n").columns())
        .extracting(Column::name)
        .containsExactly("a", "b");
    assertThatThrownBy(() -> profile("a,b\nx,1,2\ny,3,4\nz,5,6\n"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("2 names and the rows have 3 fields");
    assertThatThrownBy(() -> profile("a,b,c,d\nx,1\ny,3\nz,4\n"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("4 names and the rows have 2 fields");
    assertThat(profile("a,b,c\nx,1\ny,3\n".getBytes(UTF_8), Map.of("ragged", "pad")).columns())
        .hasSize(3);
  }

  @Test
  void codesStayText() {
    assertThat(
            profile("id,Phone,zip_code,cc no,iban\n1,5551234,10001,4111,12\n2,5559,10002,42,1\n")
                .columns())
        .extracting(c -> typeName(c.type()))
        .containsExactly("long", "string", "string", "string", "string");
  }

  @Test
  void everythingCanBeSaid() {
    FileProfiler.Profiled profile =
        profile(
            "made by us\n#no row\na::b\nx::'1::2'\ny::\\'3\nz\nsum::9\n".getBytes(UTF_8),
            Map.of(
                "skip",
                "1",
                "comment",
                "#",
                "header",
                "true",
                "delimiter",
                "::",
                "quote",
                "'",
                "escape",
                "\\",
                "footer",
                "1",
                "ragged",
                "pad",
                "null",
                "x,y"));
    assertThat(profile.rows()).isEqualTo(3);
    assertThat(profile.columns()).extracting(Column::name).containsExactly("a", "b");
    assertThatThrownBy(() -> CsvOptions.of(Map.of("header", "yes")))
        .hasMessageContaining("true, false or a number");
    assertThatThrownBy(() -> CsvOptions.of(Map.of("quote", "''"))).hasMessageContaining("none");
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
    assertThat(profile.dialect().delimiter()).isEqualTo(delimiter.equals("tab") ? "\t" : delimiter);
  }

  @Test
  void aSpaceBehindEveryDelimiterBelongsToIt() {
    assertThat(profile("a, b, c\n1, \"x, y,z\", 2\n3, w, 4\n").dialect().delimiter())
        .isEqualTo(", ");
    assertThat(profile("a, b\n1,2\n3,4\n").dialect().delimiter()).isEqualTo(",");
  }

  @Test
  void pipesAndQuotedLineEndsAreUnderstood() {
    FileProfiler.Profiled profile = profile("a|b\n\"x|\ny\"|1\n\"say \"\"hi\"\"\"|2\n");
    assertThat(profile.dialect().delimiter()).isEqualTo("|");
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
    assertThat(profile("id,name\n1,x\n").dialect().headerRows()).isEqualTo(1);
    assertThat(profile("country,2019,2020\nDE,1,2\n").dialect().headerRows()).isEqualTo(1);
    FileProfiler.Profiled without = profile("1,x\n2,y\n");
    assertThat(without.dialect().headerRows()).isEqualTo(0);
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
