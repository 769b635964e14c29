package dev.lakehouse.ingest.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.Storable;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.sms.MessageRows.Bad;
import dev.lakehouse.ingest.sms.MessageRows.Entries;
import dev.lakehouse.ingest.sms.MessageRows.Entry;
import dev.lakehouse.ingest.sms.MessageRows.Good;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages of a transcript, one at a time. */
final class Transcript implements Entries {
  /** Longest message, in characters. */
  static final int LONGEST = 4 << 20;

  private static final List<String> ATTACHED =
      List.of("<Media omitted>", "(file attached)", "<attached:", " omitted");

  private final LineReader lines;
  private final DateOrder order;
  private final String zone;
  private @Nullable String ahead;
  private int number;

  /**
   * @param zone whose clock the times are of, or the empty string
   */
  Transcript(Reader text, DateOrder order, String zone) {
    this.lines = new LineReader(text);
    this.order = order;
    this.zone = zone;
  }

  /** The first lines of the messages of a transcript. */
  static final class Starts implements Closeable {
    private final LineReader lines;

    Starts(Reader text) {
      this.lines = new LineReader(text);
    }

    /** The next, or empty behind the last. */
    Optional<TranscriptLine> next() throws IOException {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<TranscriptLine> start = TranscriptLine.of(line.get());
        if (start.isPresent()) {
          return start;
        }
      }
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Override
  public Optional<Entry> next() throws IOException {
    String first = ahead == null ? lines.next().orElse(null) : ahead;
    ahead = null;
    while (first != null && first.isBlank()) {
      first = lines.next().orElse(null);
    }
    if (first == null) {
      return Optional.empty();
    }
    number++;
    Optional<TranscriptLine> start = TranscriptLine.of(first);
    StringBuilder whole = new StringBuilder(first);
    StringBuilder body = new StringBuilder(start.map(TranscriptLine::body).orElse(""));
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      if (TranscriptLine.of(line.get()).isPresent()) {
        ahead = line.get();
        break;
      }
      whole.append('\n').append(line.get());
      body.append('\n').append(line.get());
      if (whole.length() > LONGEST) {
        throw tooLong(number);
      }
    }
    return Optional.of(
        entry(start, Storable.of(body.toString()).stripTrailing(), whole.toString()));
  }

  private Entry entry(Optional<TranscriptLine> start, String body, String whole) {
    MessageRows.Raw raw = () -> whole.getBytes(UTF_8);
    if (start.isEmpty()) {
      return new Bad("message " + number + " stands before the first line with a date", raw);
    }
    Optional<LocalDateTime> time = start.get().time(order);
    if (time.isEmpty()) {
      return new Bad("message " + number + " begins with a date or time that there is not", raw);
    }
    boolean attached = ATTACHED.stream().anyMatch(body::contains) && body.length() < 200;
    return new Good(
        new Message(
            number,
            "message",
            start.get().sender().isPresent() ? "" : "system",
            zone.isEmpty() ? null : time.get().atZone(ZoneId.of(zone)).toInstant(),
            time.get(),
            start.get().sender().map(Storable::of).orElse(null),
            null,
            null,
            null,
            body,
            attached ? 1 : 0,
            null),
        raw);
  }

  private static UnreadableFileException tooLong(int number) {
    return new UnreadableFileException(
        "too_large",
        "message " + number + " is longer than " + LONGEST + " characters",
        "say the option format=text if this is no transcript");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** Lines of bounded length. */
  private static final class LineReader implements Closeable {
    private final Reader text;
    private final char[] block = new char[8 << 10];
    private int at;
    private int end;
    private int count;

    LineReader(Reader text) {
      this.text = text;
    }

    Optional<String> next() throws IOException {
      StringBuilder line = new StringBuilder();
      boolean any = false;
      while (true) {
        if (at == end) {
          end = Math.max(0, text.read(block));
          at = 0;
          if (end == 0) {
            return any ? Optional.of(ended(line)) : Optional.empty();
          }
        }
        any = true;
        int from = at;
        while (at < end && block[at] != '\n') {
          at++;
        }
        line.append(block, from, at - from);
        if (line.length() > LONGEST) {
          throw tooLong(count);
        }
        if (at < end) {
          at++;
          return Optional.of(ended(line));
        }
      }
    }

    private String ended(StringBuilder line) {
      count++;
      int length = line.length();
      return length > 0 && line.charAt(length - 1) == '\r'
          ? line.substring(0, length - 1)
          : line.toString();
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
