package dev.lakehouse.ingest.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakehouse.ingest.document.DocumentRow.About;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.LocalCopy;
import dev.lakehouse.ingest.format.Storable;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.ResourceCache;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/** An opened PDF and its pages in order, those that are named but cannot be found among them. */
final class PdfPages implements Closeable {
  private static final Duration TO_OPEN = Duration.ofSeconds(60);
  private static final long MOST_TO_OPEN = 256L << 20;
  private static final int MOST_PAGES = 100_000;
  private static final int DEEPEST_TREE = 200;
  private static final int TAIL = 2048;
  private static final int LONGEST_ABOUT = 2_000;

  private final PDDocument document;
  private final LocalCopy copy;
  private final List<Leaf> leaves = new ArrayList<>();

  /** A place in the page tree; what stands there is no page if the file has lost it. */
  private record Leaf(boolean found, COSDictionary page) {}

  private PdfPages(PDDocument document, LocalCopy copy) {
    this.document = document;
    this.copy = copy;
  }

  static {
    BoundedFilter.install();
    BundledFonts.install();
  }

  /**
   * Opens the file.
   *
   * @throws UnreadableFileException if it is locked, broken, cut off or without pages
   */
  static PdfPages open(FileSource source) throws IOException {
    LocalCopy copy = LocalCopy.of(source);
    try {
      return Budget.within(TO_OPEN, MOST_TO_OPEN, () -> opened(copy));
    } catch (UnreadableFileException e) {
      copy.close();
      throw e;
    } catch (Budget.Spent e) {
      copy.close();
      throw new UnreadableFileException(
          e.code(),
          "the document " + e.getMessage() + " before its first page is reached",
          "write it anew with another program, or split it",
          e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      boolean whole = endsWhole(copy.path());
      copy.close();
      if (!whole) {
        throw new UnreadableFileException(
            "pdf_truncated", "the PDF is cut off: it has no end", "send the whole file", e);
      }
      throw new UnreadableFileException(
          "broken_pdf",
          "the PDF is broken: " + reason(e),
          "open it in a viewer and save it again, which mends what can be mended",
          e);
    }
  }

  private static PdfPages opened(LocalCopy copy) throws IOException {
    PdfPages opened = new PdfPages(load(copy.path()), copy);
    try {
      opened.find(copy.path());
      return opened;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      IOUtils.closeQuietly(opened.document);
      throw e;
    }
  }

  private static PDDocument load(Path file) throws IOException {
    RandomAccessReadBufferedFile bytes = new WatchedFile(file);
    try {
      return Loader.loadPDF(bytes, "");
    } catch (InvalidPasswordException e) {
      IOUtils.closeQuietly(bytes);
      throw new UnreadableFileException(
          "encrypted",
          "the PDF asks for a password",
          "save it without a password and send that file; passwords are not taken, since what is"
              + " said of a file is kept",
          e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      IOUtils.closeQuietly(bytes);
      throw e;
    }
  }

  /** Loops over a file's places end when the time is over. */
  private static final class WatchedFile extends RandomAccessReadBufferedFile {
    private int reads;

    WatchedFile(Path file) throws IOException {
      super(file);
    }

    @Override
    public int read() throws IOException {
      if ((++reads & 0xFFF) == 0) {
        Budget.look();
      }
      return super.read();
    }
  }

  static String reason(Throwable e) {
    String message = e.getMessage();
    return e instanceof StackOverflowError
        ? "it is nested too deeply"
        : message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private void find(Path file) throws IOException {
    COSDictionary root =
        document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.PAGES);
    if (root != null) {
      walk(root, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
    }
    boolean whole = endsWhole(file);
    long lost = leaves.stream().filter(leaf -> !leaf.found).count();
    int named = root == null ? 0 : Math.max(root.getInt(COSName.COUNT, 0), leaves.size());
    if (!whole && (lost > 0 || leaves.size() < named || leaves.isEmpty())) {
      throw new UnreadableFileException(
          "pdf_truncated",
          "the PDF is cut off: it has no end, and "
              + (leaves.size() - lost)
              + " of its "
              + named
              + " pages can be found",
          "send the whole file");
    }
    if (leaves.isEmpty()) {
      throw new UnreadableFileException(
          "no_pages", "the PDF has no pages", "send a document with at least one page");
    }
    if (lost == leaves.size()) {
      throw new UnreadableFileException(
          "broken_pdf",
          "the PDF is broken: none of its " + lost + " pages can be found",
          "open it in a viewer and save it again, which mends what can be mended");
    }
  }

  private void walk(COSDictionary node, Set<COSDictionary> seen, int depth) {
    if (!seen.add(node)) {
      return;
    }
    COSArray kids = node.getCOSArray(COSName.KIDS);
    if (kids == null) {
      leaves.add(new Leaf(true, node));
      return;
    }
    if (depth > DEEPEST_TREE) {
      throw new IllegalArgumentException("its page tree is nested too deeply");
    }
    for (int i = 0; i < kids.size(); i++) {
      Budget.look();
      COSBase kid = kids.getObject(i);
      if (kid instanceof COSDictionary dictionary) {
        walk(dictionary, seen, depth + 1);
      } else {
        leaves.add(new Leaf(false, new COSDictionary()));
      }
      if (leaves.size() > MOST_PAGES) {
        throw new UnreadableFileException(
            "too_large",
            "the PDF has more than " + MOST_PAGES + " pages",
            "split it into several files");
      }
    }
  }

  private static boolean endsWhole(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(Math.max(0, Files.size(file) - TAIL));
      String tail = new String(in.readAllBytes(), ISO_8859_1);
      return tail.contains("%%EOF") || tail.contains("startxref");
    }
  }

  int count() {
    return leaves.size();
  }

  PDDocument document() {
    return document;
  }

  /** The page of this index from 0, or empty if the file names it and does not hold it. */
  Optional<PDPage> page(int index) {
    Leaf leaf = leaves.get(index);
    return leaf.found
        ? Optional.of(new SharingPage(leaf.page, document.getResourceCache()))
        : Optional.empty();
  }

  /** A page that parses its fonts once for the whole document. */
  private static final class SharingPage extends PDPage {
    private final ResourceCache cache;
    private @Nullable PDResources resources;

    SharingPage(COSDictionary page, ResourceCache cache) {
      super(page);
      this.cache = cache;
    }

    @Override
    public @Nullable PDResources getResources() {
      if (resources == null) {
        PDResources own = super.getResources();
        resources = own == null ? null : new PDResources(own.getCOSObject(), cache);
      }
      return resources;
    }
  }

  /** What the document says of itself; what cannot be read of it is left out. */
  About about() {
    try {
      PDDocumentInformation said = document.getDocumentInformation();
      Map<String, String> texts = new LinkedHashMap<>();
      put(texts, "title", said.getTitle());
      put(texts, "author", said.getAuthor());
      put(texts, "subject", said.getSubject());
      put(texts, "keywords", said.getKeywords());
      put(texts, "creator", said.getCreator());
      put(texts, "producer", said.getProducer());
      return new About(texts, instant(said.getCreationDate()), instant(said.getModificationDate()));
    } catch (RuntimeException e) {
      return About.NOTHING;
    }
  }

  private static void put(Map<String, String> texts, String name, @Nullable String value) {
    String whole = value == null ? "" : Storable.of(value).replaceAll("\\p{Cntrl}+", " ").strip();
    if (!whole.isEmpty()) {
      texts.put(name, whole.length() > LONGEST_ABOUT ? whole.substring(0, LONGEST_ABOUT) : whole);
    }
  }

  private static @Nullable Instant instant(@Nullable Calendar calendar) {
    return calendar == null ? null : calendar.toInstant();
  }

  @Override
  public void close() throws IOException {
    try {
      document.close();
    } finally {
      copy.close();
    }
  }
}
