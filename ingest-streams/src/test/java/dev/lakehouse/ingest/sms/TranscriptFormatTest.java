package dev.lakehouse.ingest.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.ingest.document.Reading;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptFormatTest {
  private static final TranscriptFormat FORMAT = new TranscriptFormat();

  private static Reading read(String text) {
    return Reading.of(FORMAT, "chat.txt", text.getBytes(UTF_8));
  }

  private static boolean claims(String text) {
    return FORMAT.claims(new FileHead("chat.txt", text.getBytes(UTF_8), true));
  }

  private static long micros(String local) {
    return LocalDateTime.parse(local).toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  }

  @Test
  void messagesOfSeveralLinesAreRows() {
    Reading reading =
        read(
            """
            [2024-01-02, 10:11] Alice: Are you there?
            I am at the harbour.

            It is: cold.
            [2024-01-02, 10:12:30] Bob: Yes
            [2024-01-02, 10:13] Bob left
            """);
    assertThat(reading.rows())
        .containsExactly(
            Map.of(
                "message", 1,
                "kind", "message",
                "direction", "",
                "local_time", micros("2024-01-02T10:11:00"),
                "sender", "Alice",
                "body", "Are you there?\nI am at the harbour.\n\nIt is: cold.",
                "attachments", 0),
            Map.of(
                "message", 2,
                "kind", "message",
                "direction", "",
                "local_time", micros("2024-01-02T10:12:30"),
                "sender", "Bob",
                "body", "Yes",
                "attachments", 0),
            Map.of(
                "message",
                3,
                "kind",
                "message",
                "direction",
                "system",
                "local_time",
                micros("2024-01-02T10:13:00"),
                "body",
                "Bob left",
                "attachments",
                0));
    assertThat(reading.texts()).hasSize(3);
    assertThat(reading.texts().get(0).metadata())
        .containsEntry("sender", "Alice")
        .containsEntry("time", "2024-01-02T10:11");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2024-01-02, 10:11] Al: x|2024-01-02T10:11:00",
        "[02.01.24, 10:11:12] Al: x|2024-01-02T10:11:12",
        "12/31/23, 10:11 PM - Al: x|2023-12-31T22:11:00",
        "31/12/2023, 22:11 - Al: x|2023-12-31T22:11:00",
        "2024-01-02 10:11:12 - Al: x|2024-01-02T10:11:12",
        "2024-01-02T10:11:12 - Al: x|2024-01-02T10:11:12",
        "31.12.23, 22:11 – Al: x|2023-12-31T22:11:00",
        "2024-01-02 - Al: x|2024-01-02T00:00:00",
        "[12/31/23, 12:01:02 AM] Al: x|2023-12-31T00:01:02",
        "[31/12/2023, 9:05:00 p. m.] Al: x|2023-12-31T21:05:00",
        "1/2/24, 1:05 PM - Al: x|2024-01-02T13:05:00",
        "1/2/24, 13:05 - Al: x|2024-02-01T13:05:00",
      })
  void theUsualNotationsAreRead(String line, String time) {
    for (String shown : List.of(line, "\u200e" + line, line.replace(" PM", "\u202fPM"))) {
      assertThat(claims(shown)).as(shown).isTrue();
      Map<String, Object> row = read(shown).rows().get(0);
      assertThat(row).containsEntry("local_time", micros(time)).containsEntry("sender", "Al");
    }
  }

  @Test
  void theOrderOfDatesIsThatOfTheWholeFile() {
    assertThat(
            read("1/2/24, 10:00 - A: x\n1/31/24, 10:00 - B: y\n").rows().get(0).get("local_time"))
        .isEqualTo(micros("2024-01-02T10:00:00"));
    assertThat(
            read("3/1/24, 10:00 - A: x\n4/1/24, 10:00 - B: y\n1/2/24, 10:00 - B: y\n")
                .rows()
                .get(2)
                .get("local_time"))
        .isEqualTo(micros("2024-02-01T10:00:00"));
  }

  @Test
  void aTimeZoneMakesInstants() {
    Reading reading =
        Reading.of(
            FORMAT,
            "a.txt",
            "1/2/24, 10:00 - A: x\n".getBytes(UTF_8),
            Map.of("time_zone", "Europe/Berlin", "dates", "mdy"),
            0);
    assertThat(reading.rows().get(0))
        .containsEntry("time", Instant.parse("2024-01-02T09:00:00Z").toEpochMilli() * 1000);
    assertThatThrownBy(() -> FORMAT.check(Map.of("time_zone", "Mars")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time_zone");
    assertThatThrownBy(() -> FORMAT.check(Map.of("dates", "xyz")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dmy");
  }

  @Test
  void whatIsNoMessageIsSetAside() {
    Reading reading =
        read("Exported today\n[2024-01-02, 10:11] Al: x\n[2024-13-02, 10:11] Al: y\nmore\n");
    assertThat(reading.rows()).hasSize(1);
    assertThat(reading.profile().rows()).isEqualTo(3);
    assertThat(reading.misfits()).hasSize(2);
    assertThat(reading.misfits().get(0).reason()).contains("before the first line");
    assertThat(new String(reading.raw().get(1), UTF_8))
        .isEqualTo("[2024-13-02, 10:11] Al: y\nmore");
    assertThatThrownBy(() -> read("no message\n")).isInstanceOf(UnreadableFileException.class);
  }

  @Test
  void logsTablesAndProseAreNotClaimed() {
    assertThat(claims("2024-01-02 10:11:12 - INFO: started\n2024-01-02 10:11:13 - ERROR: x\n"))
        .isFalse();
    assertThat(claims("2024-01-02,10:11,Alice: x\n2024-01-03,10:11,Bob: y\n")).isFalse();
    assertThat(claims("[1, 2, 3]")).isFalse();
    assertThat(claims("Dear all,\n2024-01-02 10:11 - Al: x\n")).isFalse();
  }
}
