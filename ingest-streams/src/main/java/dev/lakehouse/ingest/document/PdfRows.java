package dev.lakehouse.ingest.document;

import dev.lakehouse.ingest.document.DocumentRow.About;
import dev.lakehouse.ingest.document.DocumentRow.Sheet;
import dev.lakehouse.ingest.format.Languages;
import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.format.PlainRow;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.Storable;
import dev.lakehouse.ingest.scratch.NoRoomException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.io.Encoder;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/** The pages of a PDF as rows; a page is read when it is first asked for, not when passed by. */
final class PdfRows implements RowStream {
  private static final long MOST_OF_A_PAGE = 64L << 20;
  private static final int MOST_RAW = 512 << 10;

  /** A page with less text than this under a picture that covers it is taken for a scan. */
  private static final int STAMP = 60;

  private final String name;
  private final PdfPages pages;
  private final About about;
  private final Ocr ocr;
  private final Duration forPage;
  private final PlainRow record;
  private int page;
  private @Nullable DocumentRow row;

  PdfRows(String name, PdfPages pages, Ocr ocr, Duration forPage, PlainRow record) {
    this.name = name;
    this.pages = pages;
    this.about = pages.about();
    this.ocr = ocr;
    this.forPage = forPage;
    this.record = record;
  }

  @Override
  public boolean isSlow() {
    return true;
  }

  @Override
  public boolean next() {
    row = null;
    if (page == pages.count()) {
      return false;
    }
    page++;
    return true;
  }

  @Override
  public Optional<Misfit> fit() {
    Optional<PDPage> found = pages.page(page - 1);
    if (found.isEmpty()) {
      return misfit("broken_page", "is named by the document and not in it");
    }
    DocumentRow read;
    try {
      Optional<String> damage =
          Budget.within(
              forPage, MOST_OF_A_PAGE, () -> PageContent.damage(found.get().getCOSObject()));
      if (damage.isPresent()) {
        return misfit("broken_page", "cannot be read: " + damage.get());
      }
      read = read(found.get());
    } catch (NoRoomException e) {
      throw e;
    } catch (Budget.Spent e) {
      return misfit(e.code(), String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return misfit("broken_page", "cannot be read: " + PdfPages.reason(e));
    }
    Optional<Misfit> misfit = record.take(read.values(), "page " + page);
    row = misfit.isPresent() ? null : read;
    return misfit;
  }

  private Optional<Misfit> misfit(String code, String why) {
    return Optional.of(new Misfit(code, "page " + page + " " + why));
  }

  private DocumentRow read(PDPage found) throws IOException {
    PageGlyphs glyphs =
        Budget.within(forPage, MOST_OF_A_PAGE, () -> PageGlyphs.of(pages.document(), found));
    String text = Storable.of(ReadingOrder.text(glyphs.glyphs()));
    String state = "none";
    if (isPicture(glyphs, text)) {
      Optional<String> seen = ocr.read(pages.document(), found);
      state = seen.isPresent() ? "done" : "needed";
      String more = Storable.of(seen.orElse(""));
      text = text.isBlank() ? more : more.isBlank() ? text : text + "\n\n" + more;
    }
    return new DocumentRow(
        name, page, pages.count(), text, Languages.of(text), state, sheet(found), about);
  }

  private static boolean isPicture(PageGlyphs glyphs, String text) {
    return glyphs.unreadable()
        || (text.isBlank() && glyphs.pictured() > 0.05)
        || (text.length() < STAMP && glyphs.pictured() > 0.6);
  }

  private static Sheet sheet(PDPage page) {
    PDRectangle box = page.getCropBox();
    int rotation = page.getRotation();
    boolean lying = rotation == 90 || rotation == 270;
    return new Sheet(
        lying ? box.getHeight() : box.getWidth(),
        lying ? box.getWidth() : box.getHeight(),
        rotation);
  }

  @Override
  public void write(Encoder out) throws IOException {
    record.write(out);
  }

  @Override
  public byte[] raw() {
    return pages
        .page(page - 1)
        .map(found -> PageContent.raw(found.getCOSObject(), MOST_RAW))
        .orElse(new byte[0]);
  }

  @Override
  public Optional<PageText> text() {
    return row == null ? Optional.empty() : row.pageText();
  }

  @Override
  public void close() throws IOException {
    pages.close();
  }
}
