package dev.lakehouse.ingest.compress;

import com.github.luben.zstd.ZstdInputStream;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.scratch.Scratch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Files without what was put around them, recognised by its first bytes. */
public final class Unpacked {
  private static final int MOST_LAYERS = 2;

  private Unpacked() {}

  private enum Kind {
    GZIP("\u001f\u008b\b", ".gz"),
    ZSTD("(\u00b5/\u00fd", ".zst"),
    ZIP("PK\u0003\u0004", ".zip"),
    EMPTY_ZIP("PK\u0005\u0006", ".zip");

    private final String magic;
    private final String extension;

    Kind(String magic, String extension) {
      this.magic = magic;
      this.extension = extension;
    }
  }

  /**
   * The file as it was before it was compressed, once or twice; the file itself if it is not.
   *
   * @param options {@link Formats#ENTRY} among them where a zip archive holds several files
   * @throws UnreadableFileException if what is around the file is broken, or is not around one file
   */
  public static FileSource of(FileSource file, Map<String, String> options, Limits limits)
      throws IOException {
    return of(file, options, limits, true);
  }

  private static FileSource of(
      FileSource file, Map<String, String> options, Limits limits, boolean zipWithin)
      throws IOException {
    FileSource inner = file;
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      Optional<Kind> kind = kind(inner);
      if (kind.isEmpty()) {
        return inner;
      } else if (kind.get() == Kind.ZIP && layer > 0 && !zipWithin) {
        throw new IOException("a zip archive within another layer is copied to be looked into");
      }
      inner = without(inner, kind.get(), options, limits);
    }
    return inner;
  }

  private static Optional<Kind> kind(FileSource file) throws IOException {
    try (InputStream in = file.open()) {
      byte[] start = in.readNBytes(4);
      FileHead head = new FileHead(file.name(), start, false);
      for (Kind kind : Kind.values()) {
        if (head.startsWith(kind.magic)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  private static FileSource without(
      FileSource file, Kind kind, Map<String, String> options, Limits limits) throws IOException {
    return switch (kind) {
      case GZIP -> new Layer(bare(file, kind), () -> gzip(file, limits), file.scratch());
      case ZSTD -> new Layer(bare(file, kind), () -> zstd(file, limits), file.scratch());
      case ZIP, EMPTY_ZIP -> {
        ZipEntries entries = new ZipEntries(file);
        String entry = entries.choose(options.getOrDefault(Formats.ENTRY, ""));
        yield new Layer(
            entry.substring(entry.lastIndexOf('/') + 1),
            () -> entries.open(entry, limits),
            file.scratch());
      }
    };
  }

  private static String bare(FileSource file, Kind kind) {
    String name = file.name();
    return name.toLowerCase(Locale.ROOT).endsWith(kind.extension)
        ? name.substring(0, name.length() - kind.extension.length())
        : name;
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private record Layer(String name, Opening opening, Scratch scratch) implements FileSource {
    @Override
    public InputStream open() throws IOException {
      return opening.open();
    }
  }

  private static InputStream gzip(FileSource file, Limits limits) throws IOException {
    Packed packed = new Packed(file.open());
    try {
      return new GuardedStream("gzip", new GzipStream(packed), packed, limits);
    } catch (IOException e) {
      packed.close();
      throw packed.blame("gzip", e);
    }
  }

  private static InputStream zstd(FileSource file, Limits limits) throws IOException {
    Packed packed = new Packed(file.open());
    try {
      return new GuardedStream("zstd", new ZstdInputStream(packed), packed, limits);
    } catch (IOException e) {
      packed.close();
      throw packed.blame("zstd", e);
    }
  }

  /**
   * The first bytes of what is in a file, as far as they can be told from the file's own first
   * bytes; empty if they cannot, as in a zip archive, whose directory is at its end.
   */
  public static Optional<FileHead> head(FileHead packed, Map<String, String> options) {
    HeadSource source = new HeadSource(packed);
    try {
      FileSource inner = of(source, options, new Limits(Long.MAX_VALUE, Long.MAX_VALUE), false);
      return Optional.of(inner == source ? packed : upTo(inner, packed.whole()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (UnreadableFileException e) {
      if (packed.whole()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static FileHead upTo(FileSource inner, boolean whole) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean ended = false;
    try (InputStream in = inner.open()) {
      byte[] buffer = new byte[8192];
      while (bytes.size() < FileHead.BYTES && !ended) {
        int n = in.read(buffer, 0, Math.min(buffer.length, FileHead.BYTES - bytes.size()));
        ended = n < 0;
        bytes.write(buffer, 0, Math.max(0, n));
      }
    } catch (UnreadableFileException e) {
      if (whole) {
        throw e;
      }
    }
    return new FileHead(inner.name(), bytes.toByteArray(), whole && ended);
  }

  private record HeadSource(FileHead head) implements FileSource {
    @Override
    public String name() {
      return head.name();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(head.bytes());
    }
  }
}
