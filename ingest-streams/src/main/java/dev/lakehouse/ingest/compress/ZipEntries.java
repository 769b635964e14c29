package dev.lakehouse.ingest.compress;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.LocalCopy;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The files in a zip archive, by its own directory at its end. */
final class ZipEntries {
  private static final int MOST_SHOWN = 20;
  private static final Charset CODE_PAGE = Charset.forName("IBM437");

  private final FileSource archive;

  ZipEntries(FileSource archive) {
    this.archive = archive;
  }

  /**
   * The name of the one file that is to be read.
   *
   * @param wanted the entry that the uploader named, or the empty string
   */
  String choose(String wanted) throws IOException {
    List<String> names;
    try (Opened opened = opened()) {
      if (opened.zip().getEntry("[Content_Types].xml") != null) {
        throw new UnreadableFileException(
            "unknown_format",
            "'" + archive.name() + "' is an Office document (.xlsx, .docx, …)",
            "save the sheet as CSV and send that");
      }
      names =
          opened.zip().stream()
              .filter(entry -> !entry.isDirectory())
              .map(ZipEntry::getName)
              .toList();
    }
    if (!wanted.isEmpty()) {
      if (names.contains(wanted)) {
        return wanted;
      }
      throw new UnreadableFileException(
          "no_such_entry",
          "the archive has no entry '" + wanted + "'; it has " + shown(names),
          "say one of them as entry");
    }
    List<String> files = names.stream().filter(name -> !isHidden(name)).toList();
    if (files.size() == 1) {
      return files.get(0);
    }
    throw files.isEmpty()
        ? new UnreadableFileException(
            "empty_file",
            "the archive '" + archive.name() + "' holds no file",
            "send an archive with a file in it")
        : new UnreadableFileException(
            "several_entries",
            "the archive holds " + files.size() + " files: " + shown(files),
            "say which as entry, in a request each");
  }

  private static String shown(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_SHOWN, names.size())));
    return names.size() > MOST_SHOWN ? first + ", …" : first;
  }

  /** What operating systems leave in archives. */
  private static boolean isHidden(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    String lower = file.toLowerCase(Locale.ROOT);
    return name.startsWith("__MACOSX/")
        || file.startsWith(".")
        || lower.equals("thumbs.db")
        || lower.equals("desktop.ini");
  }

  /** Opens an entry, guarded. */
  InputStream open(String name, Limits limits) throws IOException {
    Opened opened = opened();
    try {
      ZipEntry entry = Optional.ofNullable(opened.zip().getEntry(name)).orElseThrow();
      // The entry's own size is a claim; of the archive there is no more than there is.
      long size = Math.min(entry.getCompressedSize(), opened.bytes());
      Packed packed = new Packed(opened.zip().getInputStream(entry));
      InputStream checked = new CheckedEntry(packed, entry.getCrc(), opened);
      return new GuardedStream("zip", checked, new KnownSize(packed, size), limits);
    } catch (ZipException e) {
      opened.close();
      throw Packed.broken("zip", String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private record Opened(ZipFile zip, LocalCopy copy) implements AutoCloseable {
    long bytes() throws IOException {
      return Files.size(copy.path());
    }

    @Override
    public void close() throws IOException {
      zip.close();
      copy.close();
    }
  }

  private Opened opened() throws IOException {
    LocalCopy copy = LocalCopy.of(archive);
    try {
      return new Opened(zip(copy.path().toFile()), copy);
    } catch (ZipException e) {
      copy.close();
      if (String.valueOf(e.getMessage()).contains("encrypted")) {
        throw new UnreadableFileException(
            "encrypted", "the archive is encrypted", "send it without a password", e);
      }
      throw Packed.broken("zip", String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /**
   * Names that are not marked as UTF-8 are in code page 437 by the format's own rule; most tools
   * write UTF-8 all the same.
   *
   * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT, D.1</a>
   */
  private static ZipFile zip(File file) throws IOException {
    try {
      return new ZipFile(file);
    } catch (ZipException e) {
      try {
        return new ZipFile(file, CODE_PAGE);
      } catch (ZipException again) {
        e.addSuppressed(again);
        throw e;
      }
    }
  }

  /** Stands for packed bytes of which only the sum is known. */
  private static final class KnownSize extends Packed {
    private final long size;

    KnownSize(InputStream in, long size) {
      super(in);
      this.size = size;
    }

    @Override
    long bytes() {
      return size;
    }
  }

  /** An entry's content, whose checksum is looked at once it has all been read. */
  private static final class CheckedEntry extends FilterInputStream {
    private final CheckedInputStream checked;
    private final long crc;
    private final Opened opened;

    CheckedEntry(InputStream in, long crc, Opened opened) {
      this(new CheckedInputStream(in, new CRC32()), crc, opened);
    }

    private CheckedEntry(CheckedInputStream checked, long crc, Opened opened) {
      super(checked);
      this.checked = checked;
      this.crc = crc;
      this.opened = opened;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      if (n < 0 && crc >= 0 && checked.getChecksum().getValue() != crc) {
        throw new ZipException("its checksum is another than its content's");
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
      opened.close();
    }
  }
}
