package dev.lakehouse.ingest.document;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/**
 * A page drawn in shades of gray.
 *
 * @param dpi dots per inch
 */
record PagePicture(BufferedImage image, int dpi) {
  private static final int DPI = 300;
  private static final int MOST_DOTS = 25_000_000;
  private static final int MOST_DOTS_OF_IMAGE = 60_000_000;
  private static final int DEEPEST_FORM = 8;
  private static final int POINTS = 72;
  private static final Duration TO_DRAW = Duration.ofSeconds(30);
  private static final long MOST_TO_DRAW = 192L << 20;

  /**
   * Draws the page.
   *
   * @throws IOException if it cannot be drawn, or not within bounds of time and memory
   */
  static PagePicture of(PDDocument document, PDPage page) throws IOException {
    refuseHuge(page.getResources(), 0);
    PDRectangle box = page.getCropBox();
    double inches = (double) box.getWidth() / POINTS * (box.getHeight() / POINTS);
    int dpi = (int) Math.min(DPI, Math.sqrt(MOST_DOTS / Math.max(inches, 0.01)));
    int index = document.getPages().indexOf(page);
    if (index < 0 || dpi < 1) {
      throw new IOException("the page cannot be drawn");
    }
    try {
      return Budget.within(
          TO_DRAW,
          MOST_TO_DRAW,
          () -> {
            PDFRenderer renderer = new WatchedRenderer(document);
            renderer.setSubsamplingAllowed(true);
            return new PagePicture(renderer.renderImageWithDPI(index, dpi, ImageType.GRAY), dpi);
          });
    } catch (Budget.Spent e) {
      throw new IOException("the page " + e.getMessage(), e);
    }
  }

  /** Pictures say their size first, and memory for it is taken before their dots are looked at. */
  private static void refuseHuge(PDResources resources, int depth) throws IOException {
    if (resources == null || depth > DEEPEST_FORM) {
      return;
    }
    for (COSName name : resources.getXObjectNames()) {
      COSBase object = object(resources.getCOSObject(), name);
      if (!(object instanceof COSStream stream)) {
        continue;
      }
      if (COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))) {
        long dots = (long) stream.getInt(COSName.WIDTH, 0) * stream.getInt(COSName.HEIGHT, 0);
        if (dots > MOST_DOTS_OF_IMAGE) {
          throw new IOException("a picture on the page has " + dots + " dots");
        }
        JpegSize.of(stream, MOST_DOTS_OF_IMAGE);
      } else if (COSName.FORM.equals(stream.getCOSName(COSName.SUBTYPE))) {
        refuseHuge(new PDFormXObject(stream).getResources(), depth + 1);
      }
    }
  }

  private static COSBase object(COSDictionary resources, COSName name) {
    COSDictionary objects = resources.getCOSDictionary(COSName.XOBJECT);
    return objects == null ? COSName.IMAGE : objects.getDictionaryObject(name);
  }

  private static final class WatchedRenderer extends PDFRenderer {
    WatchedRenderer(PDDocument document) {
      super(document);
    }

    @Override
    protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
      return new WatchedDrawer(parameters);
    }
  }

  private static final class WatchedDrawer extends PageDrawer {
    WatchedDrawer(PageDrawerParameters parameters) throws IOException {
      super(parameters);
    }

    @Override
    protected void processOperator(Operator operator, java.util.List<COSBase> operands)
        throws IOException {
      Budget.look();
      super.processOperator(operator, operands);
    }
  }
}
