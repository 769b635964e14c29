package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;

/** Knows files that are certainly no CSV by their first bytes. */
final class Magic {
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("PK\u0003\u0004", "a ZIP archive (an .xlsx workbook is one too)"),
          Map.entry("%PDF-", "a PDF document"),
          Map.entry("\u001f\u008b", "compressed with gzip"),
          Map.entry("PAR1", "a Parquet file"),
          Map.entry("\u0089PNG", "a PNG picture"),
          Map.entry("\u00ff\u00d8\u00ff", "a JPEG picture"),
          Map.entry("GIF8", "a GIF picture"),
          Map.entry("\u00d0\u00cf\u0011\u00e0", "an old Office document"),
          Map.entry("SQLite format 3", "an SQLite database"),
          Map.entry("Obj\u0001", "an Avro file"),
          Map.entry("ORC", "an ORC file"),
          Map.entry("(\u00b5/\u00fd", "compressed with zstd"),
          Map.entry("BZh", "compressed with bzip2"),
          Map.entry("{\"", "JSON"),
          Map.entry("{\n", "JSON"),
          Map.entry("[{", "JSON"),
          Map.entry("<?xml", "XML"),
          Map.entry("<!DOCTYPE", "an HTML page"),
          Map.entry("<html", "an HTML page"));

  private Magic() {}

  static Optional<String> of(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, 32), ISO_8859_1);
    return KINDS.entrySet().stream()
        .filter(kind -> start.startsWith(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
