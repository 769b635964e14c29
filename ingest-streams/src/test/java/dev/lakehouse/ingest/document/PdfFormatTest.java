package dev.lakehouse.ingest.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.ingest.format.Aside;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.scratch.Scratch;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Test;

class PdfFormatTest {
  private static final List<String> LEFT =
      IntStream.rangeClosed(1, 30).mapToObj(i -> "the left column goes on at line " + i).toList();
  private static final List<String> RIGHT =
      IntStream.rangeClosed(1, 24).mapToObj(i -> "and the right one is here at " + i).toList();

  private static Reading read(byte[] pdf) {
    return Reading.of(new PdfFormat(Ocr.none()), "a.pdf", pdf);
  }

  private static void refuses(byte[] pdf, String code, String says) {
    assertThatThrownBy(() -> read(pdf))
        .isInstanceOfSatisfying(
            UnreadableFileException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e).hasMessageContaining(says);
              assertThat(e.hint()).isNotBlank();
            });
  }

  @Test
  void aPageIsARowWithWhatTheDocumentSaysOfItself() {
    Reading reading =
        read(
            Pdfs.of(
                document -> {
                  document.getDocumentInformation().setTitle("Of ships");
                  document.getDocumentInformation().setAuthor("A. Person");
                  Calendar day = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
                  day.setTimeInMillis(1_700_000_000_000L);
                  document.getDocumentInformation().setCreationDate(day);
                  Pdfs.page(document, List.of("The ship is in the harbour", "and it stays there."));
                  Pdfs.page(document, List.of("second")).setRotation(90);
                  Pdfs.page(document, List.of());
                }));
    assertThat(reading.profile().rows()).isEqualTo(3);
    assertThat(reading.misfits()).isEmpty();
    assertThat(reading.rows().get(0))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("document", "a.pdf"),
                Map.entry("page", 1),
                Map.entry("pages", 3),
                Map.entry("text", "The ship is in the harbour\nand it stays there."),
                Map.entry("language", "en"),
                Map.entry("ocr", "none"),
                Map.entry("width", (double) PDRectangle.A4.getWidth()),
                Map.entry("height", (double) PDRectangle.A4.getHeight()),
                Map.entry("rotation", 0),
                Map.entry("title", "Of ships"),
                Map.entry("author", "A. Person"),
                Map.entry("created", 1_700_000_000_000_000L)));
    assertThat(reading.rows().get(1))
        .containsEntry("rotation", 90)
        .containsEntry("width", (double) PDRectangle.A4.getHeight());
    assertThat(reading.text(2)).isEmpty();
    assertThat(reading.texts()).hasSize(2);
    assertThat(reading.texts().get(0).metadata())
        .containsEntry("title", "Of ships")
        .containsEntry("pages", "3");
  }

  @Test
  void columnsAreReadOneAfterTheOther() {
    for (float shift : new float[] {0, 3, 6}) {
      String text =
          read(Pdfs.columns(
                  "A title that stands across both of the columns, as titles do, and on",
                  LEFT,
                  RIGHT,
                  shift))
              .text(0);
      assertThat(text.replace("\n\n", "\n"))
          .as("shift %s", shift)
          .isEqualTo(
              "A title that stands across both of the columns, as titles do, and on\n"
                  + String.join("\n", LEFT)
                  + "\n"
                  + String.join("\n", RIGHT)
                  + "\n7");
    }
  }

  @Test
  void aTableIsReadRowByRow() {
    List<String> names = List.of("Austria", "Belgium", "Denmark", "Finland");
    List<String> capitals = List.of("Vienna", "Brussels", "Copenhagen", "Helsinki");
    assertThat(read(Pdfs.columns("Countries", names, capitals, 0)).text(0))
        .contains("Austria Vienna\nBelgium Brussels\nDenmark Copenhagen\nFinland Helsinki");
  }

  @Test
  void rightToLeftIsInTheOrderOfReading() {
    String seen =
        new StringBuilder("שלום עולם 2024 טוב").reverse().toString().replace("4202", "2024");
    Reading reading =
        read(Pdfs.hebrew(List.of(seen, "abc " + new StringBuilder("(מה) זה").reverse())));
    assertThat(reading.text(0)).startsWith("שלום עולם 2024 טוב\n");
    assertThat(reading.column("language")).containsExactly("he");
  }

  @Test
  void arabicFormsBecomeLetters() {
    // As seen from left to right: alef, beh's final form, teh's first form.
    assertThat(read(Pdfs.mapped("abc", "\uFE8E\uFE92\uFE97")).text(0)).isEqualTo("تبا");
    assertThat(read(Pdfs.mapped("abc", "o\uFB03e")).text(0)).isEqualTo("offie");
  }

  @Test
  void manyPagesAreReadAndPassedByWhenResumed() {
    byte[] pdf = Documents.pages(500);
    Reading all = read(pdf);
    assertThat(all.rows()).hasSize(500);
    assertThat(all.text(499)).isEqualTo("This is page 500\nof 500 pages.");
    Reading rest = Reading.of(new PdfFormat(Ocr.none()), "a.pdf", pdf, Map.of(), 498);
    assertThat(rest.rows()).isEqualTo(all.rows().subList(498, 500));
  }

  @Test
  void aScannedPageIsMarkedWhereNobodyReadsIt() {
    Reading reading = read(Pdfs.scanned(Documents.pages(2), 50));
    assertThat(reading.column("ocr")).containsExactly("needed", "needed");
    assertThat(reading.column("text")).containsExactly("", "");
    assertThat(reading.texts()).isEmpty();
  }

  @Test
  void whatAsksForAPasswordIsRefused() {
    refuses(Pdfs.locked("owner", "user"), "encrypted", "password");
    assertThat(read(Pdfs.locked("owner", "")).text(0)).isEqualTo("Behind a lock");
  }

  @Test
  void whatIsCutOffOrBrokenIsRefused() {
    byte[] pdf = Documents.pages(20);
    refuses(Arrays.copyOf(pdf, pdf.length / 2), "pdf_truncated", "cut off");
    refuses("%PDF-1.7\nnothing else\n%%EOF".getBytes(ISO_8859_1), "broken_pdf", "broken");
    refuses(Pdfs.of(document -> {}), "no_pages", "no pages");
    refuses(
        Pdfs.of(
            document -> {
              Pdfs.page(document, List.of("x"));
              COSDictionary pages =
                  document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.PAGES);
              pages.getCOSArray(COSName.KIDS).clear();
            }),
        "no_pages",
        "no pages");
  }

  @Test
  void aBrokenPageIsSetAsideAndTheOthersAreRead() {
    byte[] pdf = Documents.withBrokenPage();
    Reading reading = read(pdf);
    assertThat(reading.column("text")).containsExactly("one", "three");
    assertThat(reading.column("page")).containsExactly(1, 3);
    assertThat(reading.misfits()).hasSize(1);
    assertThat(reading.misfits().get(0).code()).isEqualTo("broken_page");
    assertThat(reading.misfits().get(0).reason()).startsWith("page 2 cannot be read");
    assertThat(reading.raw().get(0)).startsWith(0x78, 0x9c, 1, 2);
  }

  @Test
  void aPageThatUnpacksToTooMuchIsSetAside() {
    byte[] pdf =
        Pdfs.of(
            document -> {
              Pdfs.page(document, List.of("one"));
              PDPage bomb = Pdfs.page(document, List.of());
              COSStream content = document.getDocument().createCOSStream();
              try (OutputStream out = content.createOutputStream(COSName.FLATE_DECODE)) {
                byte[] blanks = new byte[1 << 20];
                Arrays.fill(blanks, (byte) ' ');
                for (int i = 0; i < 80; i++) {
                  out.write(blanks);
                }
              }
              bomb.getCOSObject().setItem(COSName.CONTENTS, content);
            });
    Reading reading = read(pdf);
    assertThat(reading.column("text")).containsExactly("one");
    assertThat(reading.misfits().get(0).code()).isEqualTo("too_large");
  }

  @Test
  void formsThatDrawEachOtherWithoutEndAreGivenUp() {
    byte[] pdf =
        Pdfs.of(
            document -> {
              PDFormXObject inner = form(document, null);
              for (int i = 0; i < 12; i++) {
                inner = form(document, inner);
              }
              PDPage page = new PDPage(PDRectangle.A4);
              document.addPage(page);
              try (PDPageContentStream out = new PDPageContentStream(document, page)) {
                out.drawForm(inner);
              }
            });
    PdfFormat hasty = new PdfFormat(Ocr.none(), Duration.ofMillis(300));
    assertThat(Reading.of(hasty, "a.pdf", pdf).misfits().get(0).code()).isEqualTo("too_slow");
  }

  private static PDFormXObject form(
      PDDocument document, @org.jspecify.annotations.Nullable PDFormXObject inner)
      throws java.io.IOException {
    PDFormXObject form = new PDFormXObject(document);
    form.setBBox(PDRectangle.A4);
    form.setResources(new PDResources());
    if (inner != null) {
      COSName name = form.getResources().add(inner);
      try (OutputStream out = form.getContentStream().createOutputStream()) {
        out.write(("/" + name.getName() + " Do ").repeat(20).getBytes(ISO_8859_1));
      }
    } else {
      try (OutputStream out = form.getContentStream().createOutputStream()) {
        out.write("q Q ".repeat(20).getBytes(ISO_8859_1));
      }
    }
    return form;
  }

  @Test
  void aHugePictureIsNotDrawn() {
    byte[] pdf =
        Pdfs.of(
            document -> {
              PDPage page = new PDPage(PDRectangle.A4);
              document.addPage(page);
              var image = LosslessFactory.createFromImage(document, Pdfs.white(10, 10));
              image.getCOSObject().setInt(COSName.WIDTH, 60_000);
              image.getCOSObject().setInt(COSName.HEIGHT, 60_000);
              try (PDPageContentStream out = new PDPageContentStream(document, page)) {
                out.drawImage(image, 0, 0, 500, 500);
              }
            });
    assertThat(
            Reading.of(
                    new PdfFormat(
                        Ocr.detect(
                            "tesseract",
                            "eng",
                            Duration.ofSeconds(9),
                            1,
                            Scratch.ofJava(),
                            Aside.NOBODY)),
                    "a.pdf",
                    pdf)
                .column("ocr"))
        .containsExactly("needed");
  }

  @Test
  void pagesThatTheFileHasLostAreSetAside() {
    byte[] pdf =
        Pdfs.of(
            document -> {
              Pdfs.page(document, List.of("one"));
              COSDictionary pages =
                  document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.PAGES);
              pages.getCOSArray(COSName.KIDS).add(org.apache.pdfbox.cos.COSNull.NULL);
              Pdfs.page(document, List.of("three"));
            });
    Reading reading = read(pdf);
    assertThat(reading.column("text")).containsExactly("one", "three");
    assertThat(reading.misfits().get(0).reason())
        .isEqualTo("page 2 is named by the document and not in it");
  }
}
