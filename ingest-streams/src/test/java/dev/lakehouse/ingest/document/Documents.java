package dev.lakehouse.ingest.document;

import java.io.OutputStream;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;

/** Documents for tests that know nothing of how they are made. */
public final class Documents {
  private Documents() {}

  /** So many pages that say which they are. */
  public static byte[] pages(int count) {
    return Pdfs.of(
        document -> {
          for (int i = 1; i <= count; i++) {
            Pdfs.page(document, List.of("This is page " + i, "of " + count + " pages."));
          }
        });
  }

  /** Three pages of which the second is damaged. */
  public static byte[] withBrokenPage() {
    return Pdfs.of(
        document -> {
          Pdfs.page(document, List.of("one"));
          PDPage broken = Pdfs.page(document, List.of("two"));
          COSStream content = document.getDocument().createCOSStream();
          try (OutputStream out = content.createRawOutputStream()) {
            out.write(new byte[] {0x78, (byte) 0x9c, 1, 2, 3, 4, 5, 6, 7});
          }
          content.setItem(COSName.FILTER, COSName.FLATE_DECODE);
          broken.getCOSObject().setItem(COSName.CONTENTS, content);
          Pdfs.page(document, List.of("three"));
        });
  }

  /** So many pages that are pictures. */
  public static byte[] scanned(int count) {
    return Pdfs.scanned(pages(count), 50);
  }

  /** A page that asks for a password. */
  public static byte[] locked() {
    return Pdfs.locked("owner", "user");
  }
}
