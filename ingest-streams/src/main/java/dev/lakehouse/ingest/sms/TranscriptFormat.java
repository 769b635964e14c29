package dev.lakehouse.ingest.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.PlainRow;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.TextEncoding;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.sms.MessageRows.Entry;
import dev.lakehouse.ingest.sms.MessageRows.Good;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Plain transcripts of messages, as messengers export them: a row for each message. A message
 * begins with its date, as in {@code [2024-01-02, 10:11] Alice: text} or {@code 02.01.24, 10:11 -
 * Alice: text}; lines that do not are more of the message before.
 */
public final class TranscriptFormat implements FileFormat {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENCODING = "encoding";
  private static final String TIME_ZONE = "time_zone";
  private static final String DATES = "dates";
  private static final Set<String> LOG_LEVELS =
      Set.of("trace", "debug", "info", "notice", "warn", "warning", "error", "fatal", "critical");

  /**
   * How a transcript is read.
   *
   * @param order of the parts of its dates
   * @param zone whose clock its times are of, or the empty string
   */
  record Dialect(TextEncoding encoding, DateOrder order, String zone) {}

  @Override
  public String name() {
    return "transcript";
  }

  @Override
  public Set<String> options() {
    return Set.of(ENCODING, TIME_ZONE, DATES);
  }

  @Override
  public void check(Map<String, String> options) {
    encoding(options);
    zone(options);
    order(options);
  }

  private static Optional<Charset> encoding(Map<String, String> options) {
    String said = options.get(ENCODING);
    try {
      return said == null ? Optional.empty() : Optional.of(Charset.forName(said));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "encoding is '" + said + "', which is not known; UTF-8 and windows-1252 are, say", e);
    }
  }

  private static String zone(Map<String, String> options) {
    String said = options.getOrDefault(TIME_ZONE, "");
    try {
      return said.isEmpty() ? "" : ZoneId.of(said).getId();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "time_zone is '" + said + "', which is not known; Europe/Berlin and +01:00 are, say", e);
    }
  }

  private static Optional<DateOrder> order(Map<String, String> options) {
    String said = options.get(DATES);
    try {
      return said == null
          ? Optional.empty()
          : Optional.of(DateOrder.valueOf(said.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("dates is '" + said + "', not dmy or mdy", e);
    }
  }

  @Override
  public boolean claims(FileHead head) {
    List<String> lines = head.text().lines().filter(line -> !line.isBlank()).toList();
    Optional<TranscriptLine> first =
        lines.isEmpty() ? Optional.empty() : TranscriptLine.of(lines.get(0));
    if (first.isEmpty()) {
      return false;
    }
    List<String> senders =
        lines.stream()
            .flatMap(line -> TranscriptLine.of(line).stream())
            .flatMap(line -> line.sender().stream())
            .limit(20)
            .toList();
    boolean log =
        senders.stream().allMatch(sender -> LOG_LEVELS.contains(sender.toLowerCase(Locale.ROOT)));
    return !log && (senders.size() > 1 || head.whole());
  }

  @Override
  public List<String> textColumns() {
    return List.of("subject", "body");
  }

  @Override
  public FileProfile profile(FileSource source, Map<String, String> options) throws IOException {
    TextEncoding encoding = TextEncoding.of(source, encoding(options));
    DateOrder order = DateOrder.YMD;
    Optional<DateOrder> said = order(options);
    if (said.isPresent()) {
      order = said.get();
    } else {
      order = DateOrder.of(() -> new Transcript.Starts(encoding.open(source)));
    }
    Dialect dialect = new Dialect(encoding, order, zone(options));
    long rows = 0;
    boolean any = false;
    try (Transcript transcript = open(source, dialect)) {
      for (Optional<Entry> entry = transcript.next();
          entry.isPresent();
          entry = transcript.next()) {
        rows++;
        any |= entry.get() instanceof Good;
      }
    }
    if (!any) {
      throw new UnreadableFileException(
          "not_a_transcript",
          "'" + source.name() + "' has no line that begins a message",
          "send lines such as [2024-01-02, 10:11] Alice: text, or say the option format=text");
    }
    try {
      return new FileProfile(JSON.writeValueAsString(dialect), Message.columns(), rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can be written as JSON", e);
    }
  }

  private static Transcript open(FileSource source, Dialect dialect) throws IOException {
    return new Transcript(dialect.encoding.open(source), dialect.order, dialect.zone);
  }

  @Override
  public RowStream open(FileSource source, String dialect, Schema schema, List<String> fields)
      throws IOException {
    return new MessageRows(
        open(source, JSON.readValue(dialect, Dialect.class)), new PlainRow(schema, fields));
  }
}
