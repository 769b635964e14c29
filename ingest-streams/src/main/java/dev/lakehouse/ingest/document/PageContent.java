package dev.lakehouse.ingest.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;

/** The drawing program of a page as the file holds it. */
final class PageContent {
  private static final int ZLIB_HEADER = 2;
  private static final int BLOCK = 8 << 10;

  private PageContent() {}

  /**
   * What is missing of it. PDFBox reads a damaged program as far as it goes and says nothing; a
   * page that ends in the middle is not that page.
   */
  static Optional<String> damage(COSDictionary page) throws IOException {
    if (page.getItem(COSName.CONTENTS) == null) {
      return Optional.empty();
    }
    List<COSStream> streams = new ArrayList<>();
    if (!streams(page, streams)) {
      return Optional.of("a part of its content is not in the file");
    }
    for (COSStream stream : streams) {
      COSBase filters = stream.getFilters();
      COSBase first =
          filters instanceof COSArray chain && chain.size() > 0 ? chain.getObject(0) : filters;
      boolean deflated =
          COSName.FLATE_DECODE.equals(first) || COSName.FLATE_DECODE_ABBREVIATION.equals(first);
      if (deflated && !inflates(stream)) {
        return Optional.of("its content is damaged or ends in the middle");
      }
    }
    return Optional.empty();
  }

  private static boolean streams(COSDictionary page, List<COSStream> streams) {
    COSBase contents = page.getDictionaryObject(COSName.CONTENTS);
    if (contents instanceof COSStream stream) {
      streams.add(stream);
      return true;
    } else if (!(contents instanceof COSArray)) {
      return false;
    }
    COSArray parts = (COSArray) contents;
    for (int i = 0; i < parts.size(); i++) {
      if (!(parts.getObject(i) instanceof COSStream stream)) {
        return false;
      }
      streams.add(stream);
    }
    return true;
  }

  /** Without zlib's own frame, as many programs leave out its end. */
  private static boolean inflates(COSStream stream) throws IOException {
    Inflater inflater = new Inflater(true);
    byte[] in = new byte[BLOCK];
    byte[] out = new byte[BLOCK];
    try (InputStream raw = stream.createRawInputStream()) {
      if (raw.readNBytes(ZLIB_HEADER).length < ZLIB_HEADER) {
        return stream.getLength() == 0;
      }
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int read = raw.read(in);
          if (read < 0) {
            return false;
          }
          inflater.setInput(in, 0, read);
        }
        Budget.spend(inflater.inflate(out));
      }
      return true;
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  /** Its bytes as they are in the file, at most so many; what can be kept of a page that failed. */
  static byte[] raw(COSDictionary page, int most) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    List<COSStream> streams = new ArrayList<>();
    streams(page, streams);
    try {
      for (COSStream stream : streams) {
        try (InputStream in = stream.createRawInputStream()) {
          raw.writeBytes(in.readNBytes(most - raw.size()));
        }
      }
    } catch (IOException | RuntimeException e) {
      return raw.toByteArray();
    }
    return raw.toByteArray();
  }
}
