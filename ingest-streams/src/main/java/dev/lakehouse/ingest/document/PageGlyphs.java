package dev.lakehouse.ingest.document;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.state.EmptyGraphicsStackException;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.MissingResourceException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageTree;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/** Collects what is written on one page, and how much of it is covered by pictures. */
final class PageGlyphs extends PDFTextStripper {
  private static final int MOST_GLYPHS = 200_000;
  private static final Set<String> INLINE_IMAGE = Set.of("BI", "ID", "EI");

  private final PDPage page;
  private final double area;
  private final List<Glyph> glyphs = new ArrayList<>();
  private long shown;
  private double pictures;

  private PageGlyphs(PDPage page) {
    this.page = page;
    this.area = Math.max(1, (double) page.getCropBox().getWidth() * page.getCropBox().getHeight());
    setStartPage(0);
    setShouldSeparateByBeads(false);
  }

  /**
   * Reads the page.
   *
   * @throws Budget.Spent if that takes more than it may
   */
  static PageGlyphs of(PDDocument document, PDPage page) throws IOException {
    PageGlyphs glyphs = new PageGlyphs(page);
    glyphs.writeText(document, Writer.nullWriter());
    return glyphs;
  }

  List<Glyph> glyphs() {
    return glyphs;
  }

  /** The share of the page that pictures cover, counted twice where they overlap. */
  double pictured() {
    return pictures / area;
  }

  /** Whether most of what is written is of fonts that do not say which characters they show. */
  boolean unreadable() {
    return shown > 20 && glyphs.size() < shown / 2;
  }

  @Override
  protected void processPages(PDPageTree pages) throws IOException {
    processPage(page);
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    Budget.look();
    String name = operator.getName();
    if (INLINE_IMAGE.contains(name)) {
      addPicture();
    } else if (name.equals("Do")
        && !operands.isEmpty()
        && operands.get(0) instanceof COSName named) {
      PDResources resources = getResources();
      if (resources != null && resources.isImageXObject(named)) {
        addPicture();
      }
    }
    super.processOperator(operator, operands);
  }

  /** PDFBox passes over what it cannot do; text would be missing and nobody would know. */
  @Override
  protected void operatorException(Operator operator, List<COSBase> operands, IOException exception)
      throws IOException {
    if (exception instanceof EmptyGraphicsStackException
        || exception instanceof MissingResourceException) {
      super.operatorException(operator, operands, exception);
    } else {
      throw exception;
    }
  }

  private void addPicture() {
    Matrix matrix = getGraphicsState().getCurrentTransformationMatrix();
    pictures += (double) matrix.getScalingFactorX() * matrix.getScalingFactorY();
  }

  @Override
  protected void showGlyph(Matrix at, PDFont font, int code, Vector displacement)
      throws IOException {
    if (++shown > MOST_GLYPHS) {
      throw new Budget.Spent("too_large", "shows more than " + MOST_GLYPHS + " glyphs");
    }
    super.showGlyph(at, font, code, displacement);
  }

  @Override
  protected void writePage() {
    for (List<TextPosition> article : getCharactersByArticle()) {
      article.forEach(this::add);
    }
  }

  private void add(TextPosition position) {
    String text = position.getUnicode();
    float em = position.getYScale();
    float height = position.getHeightDir();
    if (em < height || em > height * 4) {
      em = height * 1.4f;
    }
    float x = position.getXDirAdj();
    float y = position.getYDirAdj();
    float width = position.getWidthDirAdj();
    if (text == null || text.isEmpty() || !Float.isFinite(x + y + width + em)) {
      return;
    }
    glyphs.add(
        new Glyph(
            x,
            y,
            Math.max(0, width),
            em,
            position.getWidthOfSpace(),
            text.replace('\u00a0', ' '),
            (int) position.getDir()));
  }
}
