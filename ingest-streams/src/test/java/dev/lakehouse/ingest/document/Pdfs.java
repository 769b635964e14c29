package dev.lakehouse.ingest.document;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Makes documents. */
final class Pdfs {
  private static final float SIZE = 10;
  private static final float STEP = 12;

  private Pdfs() {}

  /** Fills a document. */
  interface Content {
    void into(PDDocument document) throws IOException;
  }

  static byte[] of(Content content) {
    try (PDDocument document = new PDDocument()) {
      content.into(document);
      return saved(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] saved(PDDocument document) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  /** The same document with everything in it to be seen, not packed. */
  static byte[] open(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      for (COSObjectKey key : document.getDocument().getXrefTable().keySet()) {
        COSBase object = document.getDocument().getObjectFromPool(key).getObject();
        if (object instanceof COSStream stream && stream.getFilters() != null) {
          byte[] plain;
          try (InputStream in = stream.createInputStream()) {
            plain = in.readAllBytes();
          }
          stream.removeItem(COSName.FILTER);
          try (OutputStream out = stream.createOutputStream()) {
            out.write(plain);
          }
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out, CompressParameters.NO_COMPRESSION);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PDFont helvetica() {
    return new PDType1Font(Standard14Fonts.FontName.HELVETICA);
  }

  /** A page with lines from the top left. */
  static PDPage page(PDDocument document, List<String> lines) throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    try (PDPageContentStream out = new PDPageContentStream(document, page)) {
      for (int i = 0; i < lines.size(); i++) {
        line(out, helvetica(), 60, 780 - i * STEP, lines.get(i));
      }
    }
    return page;
  }

  static void line(PDPageContentStream out, PDFont font, float x, float y, String text)
      throws IOException {
    out.beginText();
    out.setFont(font, SIZE);
    out.newLineAtOffset(x, y);
    out.showText(text);
    out.endText();
  }

  /**
   * A title over two columns, drawn row by row so that the order of drawing is not that of reading.
   */
  static byte[] columns(String title, List<String> left, List<String> right, float shift) {
    return of(
        document -> {
          PDPage page = new PDPage(PDRectangle.A4);
          document.addPage(page);
          try (PDPageContentStream out = new PDPageContentStream(document, page)) {
            line(out, helvetica(), 60, 800, title);
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
              if (i < left.size()) {
                line(out, helvetica(), 60, 760 - i * STEP, left.get(i));
              }
              if (i < right.size()) {
                line(out, helvetica(), 310, 760 - i * STEP - shift, right.get(i));
              }
            }
            line(out, helvetica(), 295, 40, "7");
          }
        });
  }

  /** Text in a font that carries Hebrew, drawn as it is seen: from left to right. */
  static byte[] hebrew(List<String> seen) {
    return of(
        document -> {
          PDPage page = new PDPage(PDRectangle.A4);
          document.addPage(page);
          try (InputStream in =
                  PDDocument.class.getResourceAsStream(
                      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf");
              PDPageContentStream out = new PDPageContentStream(document, page)) {
            PDFont font = PDType0Font.load(document, in);
            for (int i = 0; i < seen.size(); i++) {
              line(out, font, 300, 780 - i * STEP, seen.get(i));
            }
          }
        });
  }

  /** Text in a font whose letters stand for others, as its own table says. */
  static byte[] mapped(String codes, String characters) {
    return of(
        document -> {
          PDPage page = new PDPage(PDRectangle.A4);
          document.addPage(page);
          PDFont font = helvetica();
          StringBuilder map =
              new StringBuilder(
                  """
                  /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
                  1 begincodespacerange <00> <FF> endcodespacerange
                  """);
          map.append(codes.length()).append(" beginbfchar\n");
          for (int i = 0; i < codes.length(); i++) {
            map.append(
                String.format(
                    "<%02X> <%04X>\n", (int) codes.charAt(i), (int) characters.charAt(i)));
          }
          map.append("endbfchar endcmap end end");
          COSStream stream = document.getDocument().createCOSStream();
          try (var out = stream.createOutputStream()) {
            out.write(map.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          }
          font.getCOSObject().setItem(COSName.TO_UNICODE, stream);
          try (PDPageContentStream out = new PDPageContentStream(document, page)) {
            line(out, font, 300, 780, codes);
          }
        });
  }

  /** The same pages as pictures. */
  static byte[] scanned(byte[] pdf, int dpi) {
    try (PDDocument written = Loader.loadPDF(pdf)) {
      return of(
          document -> {
            PDFRenderer renderer = new PDFRenderer(written);
            for (int i = 0; i < written.getNumberOfPages(); i++) {
              picture(document, renderer.renderImageWithDPI(i, dpi, ImageType.GRAY));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void picture(PDDocument document, BufferedImage image) throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    try (PDPageContentStream out = new PDPageContentStream(document, page)) {
      out.drawImage(
          LosslessFactory.createFromImage(document, image),
          0,
          0,
          PDRectangle.A4.getWidth(),
          PDRectangle.A4.getHeight());
    }
  }

  static BufferedImage white(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  static byte[] locked(String owner, String user) {
    return of(
        document -> {
          page(document, List.of("Behind a lock"));
          StandardProtectionPolicy policy =
              new StandardProtectionPolicy(owner, user, new AccessPermission());
          policy.setEncryptionKeyLength(128);
          document.protect(policy);
        });
  }
}
