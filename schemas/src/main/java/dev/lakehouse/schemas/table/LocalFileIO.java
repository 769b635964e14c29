package dev.lakehouse.schemas.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Iceberg's files in a local or mounted directory, through Iceberg's own local streams: no checksum
 * files beside the data, and no Hadoop file system in the way. Locations are {@code file:} URIs or
 * plain absolute paths.
 */
public final class LocalFileIO implements SupportsPrefixOperations {
  private static final long serialVersionUID = 1L;

  /** The path of a location. */
  public static Path path(String location) {
    return location.startsWith("file:")
        ? Path.of(URI.create(location.replace(" ", "%20")).getPath())
        : Path.of(location);
  }

  @Override
  public InputFile newInputFile(String location) {
    return new Located(org.apache.iceberg.Files.localInput(path(location).toFile()), location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new LocatedOutput(
        org.apache.iceberg.Files.localOutput(path(location).toFile()), location);
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(path(location));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + location, e);
    }
  }

  /** The files in a directory and below it; none if it does not exist. */
  @Override
  public Iterable<FileInfo> listPrefix(String prefix) {
    try {
      return below(prefix).stream().filter(Files::isRegularFile).map(LocalFileIO::info).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + prefix, e);
    }
  }

  private static FileInfo info(Path file) {
    try {
      return new FileInfo(
          file.toUri().toString(), Files.size(file), Files.getLastModifiedTime(file).toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a directory with all that is in it; what others delete meanwhile is as good. */
  @Override
  public void deletePrefix(String prefix) {
    try {
      for (Path each : below(prefix)) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + prefix, e);
    }
  }

  /** What is in a directory before the directory itself. */
  private static List<Path> below(String prefix) throws IOException {
    Path directory = path(prefix);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** An input file that answers by the location it was asked for. */
  private record Located(InputFile file, String location) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public org.apache.iceberg.io.SeekableInputStream newStream() {
      return file.newStream();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }

  /**
   * An output file that answers by the location it was asked for, so that metadata names files as
   * the table's location does: there are readers that need the scheme.
   */
  private record LocatedOutput(OutputFile file, String location) implements OutputFile {
    @Override
    public org.apache.iceberg.io.PositionOutputStream create() {
      return file.create();
    }

    @Override
    public org.apache.iceberg.io.PositionOutputStream createOrOverwrite() {
      return file.createOrOverwrite();
    }

    @Override
    public InputFile toInputFile() {
      return new Located(file.toInputFile(), location);
    }
  }
}
