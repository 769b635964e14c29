package dev.lakehouse.ingest.document;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;

/** What a JPEG picture inside a document says of its own size, which the document may not. */
final class JpegSize {
  private static final int START_OF_FRAME = 0xC0;
  private static final int START_OF_SCAN = 0xDA;

  private JpegSize() {}

  /**
   * Looks at the picture, if it is one.
   *
   * @throws IOException if it has more dots than that
   */
  static void of(COSStream stream, long most) throws IOException {
    if (!COSName.DCT_DECODE.equals(stream.getFilters())) {
      return;
    }
    try (DataInputStream in = new DataInputStream(stream.createRawInputStream())) {
      in.readUnsignedShort();
      while (true) {
        Budget.look();
        int mark = in.readUnsignedShort();
        int length = in.readUnsignedShort();
        boolean frame =
            (mark & 0xFFF0) == 0xFF00 + START_OF_FRAME
                && mark != 0xFFC4
                && mark != 0xFFC8
                && mark != 0xFFCC;
        if (frame) {
          in.readUnsignedByte();
          long dots = (long) in.readUnsignedShort() * in.readUnsignedShort();
          if (dots > most) {
            throw new IOException("a picture on the page has " + dots + " dots");
          }
          return;
        }
        if (mark == 0xFF00 + START_OF_SCAN || length < 2) {
          return;
        }
        in.skipNBytes(length - 2L);
      }
    } catch (EOFException e) {
      throw new IOException("a picture on the page is broken", e);
    }
  }
}
