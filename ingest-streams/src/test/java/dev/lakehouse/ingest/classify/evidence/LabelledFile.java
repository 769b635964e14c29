package dev.lakehouse.ingest.classify.evidence;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.classify.kind.ColumnName;
import dev.lakehouse.ingest.classify.kind.Span;
import dev.lakehouse.ingest.classify.kind.SpanFinder;
import dev.lakehouse.schemas.event.PersonalKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Labelled columns and texts as JSON, one a line. Also a program, for sets that are kept elsewhere:
 * {@code columns.jsonl} and {@code spans.jsonl} of a directory are classified and a report is
 * printed.
 */
public final class LabelledFile {
  /** A column, and what it is to be found to be. */
  public record Column(
      String id, String locale, String name, PersonalKind kind, List<String> values) {}

  /** A text, and the places that are to be found. */
  public record Text(String id, String locale, String text, List<Place> spans) {}

  /** From the character {@code start} up to {@code end}. */
  public record Place(int start, int end, PersonalKind kind) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private LabelledFile() {}

  /** The lines of a resource beside a class, or of a file. */
  public static <T> List<T> read(InputStream in, Class<T> type) {
    List<T> read = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          read.add(JSON.readValue(line, type));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  /** Judges columns, each distinct value looked at once as in a run. */
  public static Score columns(List<Column> columns) {
    Score score = new Score();
    for (Column column : columns) {
      Tally tally = new Tally();
      for (String value : new HashSet<>(column.values())) {
        tally.examine(value);
      }
      PersonalKind found = Judgement.of(ColumnName.of(column.name()), tally).kind();
      if (found == column.kind()) {
        score.right(found);
      } else {
        String example =
            column.id()
                + " "
                + column.name()
                + " is "
                + column.kind()
                + ", found "
                + found
                + ": "
                + column.values().subList(0, Math.min(4, column.values().size()));
        score.missed(column.kind(), example);
        score.wrong(found, column.id() + " " + column.name());
      }
    }
    return score;
  }

  /** Finds places; one counts as found if one of its kind overlaps it. */
  public static Score texts(List<Text> texts) {
    Score score = new Score();
    for (Text text : texts) {
      List<Span> found = SpanFinder.find(text.text());
      for (Place place : text.spans()) {
        if (found.stream().anyMatch(span -> hits(span, place))) {
          score.right(place.kind());
        } else {
          String part = text.text().substring(place.start(), place.end());
          score.missed(place.kind(), text.id() + " '" + part + "' in: " + text.text());
        }
      }
      for (Span span : found) {
        if (text.spans().stream().noneMatch(place -> hits(span, place))) {
          String part = text.text().substring(span.start(), span.end());
          score.wrong(span.kind(), text.id() + " '" + part + "' in: " + text.text());
        }
      }
    }
    return score;
  }

  private static boolean hits(Span span, Place place) {
    return span.kind() == place.kind() && span.start() < place.end() && place.start() < span.end();
  }

  /**
   * Prints what is found in a directory's sets.
   *
   * @param arguments the directory
   */
  public static void main(String... arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    try (InputStream columns = Files.newInputStream(directory.resolve("columns.jsonl"));
        InputStream texts = Files.newInputStream(directory.resolve("spans.jsonl"))) {
      System.out.println(columns(read(columns, Column.class)).report("columns"));
      System.out.println(texts(read(texts, Text.class)).report("places in running text"));
    }
  }
}
