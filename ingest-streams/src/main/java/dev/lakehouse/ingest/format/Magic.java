package dev.lakehouse.ingest.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;

/** Knows files by their first bytes. */
final class Magic {
  /** A PDF may have other bytes before its mark. */
  private static final int PDF_WITHIN = 1024;

  private static final Map<String, String> FORMATS =
      Map.of("PAR1", "parquet", "PARE", "parquet", "Obj\u0001", "avro");

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("PK\u0003\u0004", "a ZIP archive (an .xlsx workbook is one too)"),
          Map.entry("\u001f\u008b", "compressed with gzip, twice"),
          Map.entry("(\u00b5/\u00fd", "compressed with zstd, twice"),
          Map.entry("\u0089PNG", "a PNG picture"),
          Map.entry("\u00ff\u00d8\u00ff", "a JPEG picture"),
          Map.entry("GIF8", "a GIF picture"),
          Map.entry("\u00d0\u00cf\u0011\u00e0", "an old Office document"),
          Map.entry("SQLite format 3", "an SQLite database"),
          Map.entry("ORC", "an ORC file"),
          Map.entry("BZh", "compressed with bzip2"),
          Map.entry("\u00fd7zXZ", "compressed with xz"),
          Map.entry("7z\u00bc\u00af", "a 7-Zip archive"),
          Map.entry("Rar!", "a RAR archive"),
          Map.entry("{\\rtf", "an RTF document"));

  private Magic() {}

  /** The name of the format, where its first bytes say it for certain. */
  static Optional<String> format(FileHead head) {
    Optional<String> format = first(FORMATS, head);
    if (format.isPresent()) {
      return format;
    }
    byte[] bytes = head.bytes();
    String start = new String(bytes, 0, Math.min(bytes.length, PDF_WITHIN), ISO_8859_1);
    return start.contains("%PDF-") ? Optional.of("pdf") : Optional.empty();
  }

  /** What a file is that is certainly of no format that is read. */
  static Optional<String> other(FileHead head) {
    Optional<String> kind = first(OTHERS, head);
    boolean picture = kind.filter(is -> is.startsWith("an ORC")).isPresent();
    return picture && binaryFree(head) ? Optional.empty() : kind;
  }

  private static Optional<String> first(Map<String, String> kinds, FileHead head) {
    return kinds.entrySet().stream()
        .filter(kind -> head.startsWith(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Words begin as some marks do: ORC, GIF8, BZh. */
  private static boolean binaryFree(FileHead head) {
    for (byte b : head.bytes()) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
