package dev.lakehouse.ingest.document;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Thousands of damaged documents: each is read, set aside page by page, or refused. */
class PdfFuzzTest {
  private static final PdfFormat FORMAT = new PdfFormat(Ocr.none(), Duration.ofSeconds(5));
  private static final List<byte[]> SEEDS =
      List.of(
          Pdfs.open(Documents.pages(4)),
          Documents.pages(4),
          Pdfs.open(
              Pdfs.columns(
                  "A title across both",
                  IntStream.range(0, 12).mapToObj(i -> "left hand side " + i).toList(),
                  IntStream.range(0, 12).mapToObj(i -> "right hand side " + i).toList(),
                  0)),
          Pdfs.open(Pdfs.hebrew(List.of("םולש"))),
          Pdfs.hebrew(List.of("םולש")),
          Pdfs.open(Pdfs.scanned(Documents.pages(1), 20)),
          Pdfs.mapped("abc", "xyz"),
          Pdfs.locked("owner", ""));

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void damagedDocumentsAreReadOrRefused(@ForAll long seed) {
    one(seed);
  }

  @Property(tries = 40_000, shrinking = ShrinkingMode.OFF)
  @Tag("full")
  void manyMoreAreToo(@ForAll long seed) {
    one(seed);
  }

  private static void one(long seed) {
    byte[] file = SEEDS.get((int) Math.floorMod(seed, (long) SEEDS.size()));
    Mutations.holds(FORMAT, Mutations.of(file, seed));
  }
}
