package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * {@code [ocr]}: how scanned pages are read, with tesseract as a process of its own.
 *
 * @param command the program, by its name on the path or by its full path; empty: pages are never
 *     read so
 * @param languages tesseract's names of the languages to expect, with {@code +} between them
 * @param timeout how long one page may take
 * @param processes how many pages are read at once
 */
public record OcrConfig(String command, String languages, Duration timeout, int processes)
    implements Serializable {
  static OcrConfig from(Settings settings) {
    String languages = settings.text("ocr.languages", "eng");
    if (!languages.matches("[A-Za-z_]+(\\+[A-Za-z_]+)*")) {
      settings.mistake(
          "ocr.languages", "'" + languages + "' is not a list of languages such as eng+deu");
    }
    return new OcrConfig(
        settings.text("ocr.command", "tesseract"),
        languages,
        settings.duration("ocr.timeout", Duration.ofSeconds(45)),
        settings.count("ocr.processes", 1, 1, 64));
  }
}
