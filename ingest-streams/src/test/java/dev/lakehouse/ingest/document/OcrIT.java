package dev.lakehouse.ingest.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.format.Aside;
import dev.lakehouse.ingest.scratch.Scratch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Scanned pages and the real tesseract; skipped where it is not installed. */
class OcrIT {
  private static Ocr detect(String command, String languages, Duration timeout) {
    return Ocr.detect(command, languages, timeout, 1, Scratch.ofJava(), Aside.NOBODY);
  }

  private static Ocr tesseract(Duration timeout) {
    Ocr ocr = detect("tesseract", "eng", timeout);
    Assumptions.assumeTrue(
        ocr.trouble().isEmpty(),
        () -> "no OCR here: " + ocr.trouble().orElse("") + " (apt-get install tesseract-ocr)");
    return ocr;
  }

  private static final byte[] SCANNED =
      Pdfs.scanned(
          Pdfs.of(
              document ->
                  Pdfs.page(
                      document,
                      List.of(
                          "The harbour master counts the ships", "and writes them in his book."))),
          200);

  @Test
  void aScannedPageIsRead() {
    Reading reading =
        Reading.of(new PdfFormat(tesseract(Duration.ofSeconds(40))), "scan.pdf", SCANNED);
    assertThat(reading.column("ocr")).containsExactly("done");
    assertThat(reading.text(0))
        .isEqualTo("The harbour master counts the ships\nand writes them in his book.");
    assertThat(reading.column("language")).containsExactly("en");
    assertThat(reading.texts()).hasSize(1);
  }

  @Test
  void aPageThatTakesTooLongIsMarked() {
    Reading reading =
        Reading.of(new PdfFormat(tesseract(Duration.ofMillis(1))), "scan.pdf", SCANNED);
    assertThat(reading.column("ocr")).containsExactly("needed");
    assertThat(reading.misfits()).isEmpty();
  }

  @Test
  void aLanguageThatIsNotInstalledIsSaid() {
    tesseract(Duration.ofSeconds(1));
    assertThat(detect("tesseract", "eng+xyz", Duration.ofSeconds(1)).trouble())
        .contains("tesseract has no language xyz");
    assertThat(detect("no-such-program", "eng", Duration.ofSeconds(1)).trouble())
        .contains("no-such-program is not installed");
  }
}
