package dev.lakehouse.ingest.document;

import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.PlainRow;
import dev.lakehouse.ingest.format.RowStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** PDF documents: a row for each page. */
public final class PdfFormat implements FileFormat {
  /** Where documents go for which the uploader named no dataset. */
  static final String DATASET = "documents";

  private static final Duration FOR_A_PAGE = Duration.ofSeconds(20);

  private final Ocr ocr;
  private final Duration forPage;

  /**
   * @param ocr reads pages that are pictures
   */
  public PdfFormat(Ocr ocr) {
    this(ocr, FOR_A_PAGE);
  }

  PdfFormat(Ocr ocr, Duration forPage) {
    this.ocr = ocr;
    this.forPage = forPage;
  }

  @Override
  public String name() {
    return "pdf";
  }

  @Override
  public boolean isHeavy() {
    return true;
  }

  @Override
  public Optional<String> dataset() {
    return Optional.of(DATASET);
  }

  @Override
  public List<String> textColumns() {
    return List.of("text");
  }

  @Override
  public FileProfile profile(FileSource source, Map<String, String> options) throws IOException {
    try (PdfPages pages = PdfPages.open(source)) {
      return new FileProfile("{}", DocumentRow.columns(), pages.count());
    }
  }

  @Override
  public RowStream open(FileSource source, String dialect, Schema schema, List<String> fields)
      throws IOException {
    return new PdfRows(
        source.name(), PdfPages.open(source), ocr, forPage, new PlainRow(schema, fields));
  }
}
