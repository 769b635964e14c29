package dev.lakehouse.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Rows of which most columns are personal, and one a text: what classification has most to do with.
 * About 170 bytes as CSV, the same every time.
 */
final class People {
  private static final List<String> GIVEN =
      List.of("Emma", "Liam", "Sofía", "Jürgen", "Chloé", "Marek", "Ingrid", "Paolo");
  private static final List<String> SURNAMES =
      List.of("Smith", "García", "Müller", "Rossi", "Nowak", "Dubois", "Jansen", "Silva");
  private static final List<String> REMARKS =
      List.of(
          "asked for a later delivery and will ring back on Monday afternoon",
          "was content with the last order, wants the same again in spring",
          "moved lately, the new street has to be put on the next invoice",
          "prefers letters, does not read what is sent by mail");

  private People() {}

  /** Writes so many rows as CSV with a header, unless the file is there already. */
  static Path csv(Path dir, long count) throws IOException {
    Path file = dir.resolve("people-" + count + ".csv");
    if (!Files.exists(file)) {
      Files.createDirectories(dir);
      Path partial = dir.resolve(file.getFileName() + ".part");
      try (BufferedWriter out = Files.newBufferedWriter(partial)) {
        out.write("id,full_name,email,phone,birth_date,city,remark\n");
        for (long id = 0; id < count; id++) {
          out.write(row(id));
        }
      }
      Files.move(partial, file);
    }
    return file;
  }

  private static String row(long id) {
    int pick = (int) (((id * 2654435761L) >>> 7) & 0xFFFF);
    String given = GIVEN.get(pick & 7);
    String surname = SURNAMES.get((pick >> 3) & 7);
    return String.format(
        Locale.ROOT,
        "%d,%s %s,user%d@example.com,+49 30 %07d,%d-%02d-%02d,town-%d,\"%s (%d)\"%n",
        id,
        given,
        surname,
        id,
        1_000_000 + id % 8_999_999,
        1950 + pick % 55,
        1 + pick % 12,
        1 + pick % 28,
        pick & 255,
        REMARKS.get(pick & 3),
        id);
  }
}
