package dev.lakehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.text.PDFTextStripper;

/** From the upload of a PDF to its pages by SQL, beside PDFBox that only makes text of it. */
final class DocumentBench {
  private static final int LINES = 55;
  private static final float STEP = 13;
  private static final String[] WORDS =
      ("the ship of harbour and master to count in book a is that it was with cargo sails over"
              + " wind at night we saw lights along coast before storm came from west")
          .split(" ", -1);

  private DocumentBench() {}

  static void run(Stack stack, Path work, int pages, int runs)
      throws IOException, InterruptedException {
    Path pdf = pdf(work, pages);
    double mib = Files.size(pdf) / 1048576.0;
    Samples answered = new Samples();
    Samples read = new Samples();
    Samples queryable = new Samples();
    Samples alone = new Samples();
    for (int run = 0; run <= runs; run++) {
      Samples[] into =
          run == 0
              ? new Samples[] {new Samples(), new Samples(), new Samples(), new Samples()}
              : new Samples[] {answered, read, queryable, alone};
      IngestBench.upload(stack.client(), pdf, "documents_" + run, into);
      long start = System.nanoTime();
      try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        if (stripper.getText(document).isEmpty()) {
          throw new IOException("PDFBox found no text");
        }
      }
      into[3].since(start);
    }
    System.out.printf(
        Locale.ROOT,
        "%n### Documents: %,d pages, %.1f MiB of PDF, medians of %d%n%n"
            + "| | ms (least–most) | pages/s | MiB/s |%n|---|---:|---:|---:|%n",
        pages,
        mib,
        runs);
    IngestBench.line("upload answered", answered, pages, mib);
    IngestBench.line("every page on its topic", read, pages, mib);
    IngestBench.line("**queryable**", queryable, pages, mib);
    IngestBench.line("PDFBox alone, text only, sorted by position", alone, pages, mib);
    System.out.printf(
        Locale.ROOT,
        "%nupload to queryable takes %.2f× PDFBox alone%n",
        queryable.median() / alone.median());
  }

  /** Pages of 55 lines, every second in two columns, drawn line by line across both. */
  private static Path pdf(Path work, int pages) throws IOException {
    Path file = Files.createDirectories(work).resolve("pages-" + pages + ".pdf");
    Random random = new Random(7);
    try (PDDocument document = new PDDocument()) {
      PDFont font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
      for (int number = 0; number < pages; number++) {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (PDPageContentStream out = new PDPageContentStream(document, page)) {
          for (int line = 0; line < LINES; line++) {
            float y = 790 - line * STEP;
            if (number % 2 == 0) {
              write(out, font, 60, y, words(random, 85));
            } else {
              write(out, font, 60, y, words(random, 40));
              write(out, font, 315, y, words(random, 40));
            }
          }
        }
      }
      document.save(file.toFile());
    }
    return file;
  }

  private static void write(PDPageContentStream out, PDFont font, float x, float y, String text)
      throws IOException {
    out.beginText();
    out.setFont(font, 10);
    out.newLineAtOffset(x, y);
    out.showText(text);
    out.endText();
  }

  private static String words(Random random, int letters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < letters) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString().strip();
  }
}
