package dev.lakehouse.schemas.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Iceberg's files in a local or mounted directory, through Iceberg's own local streams: no checksum
 * files beside the data, and no Hadoop file system in the way. Locations are {@code file:} URIs or
 * plain absolute paths.
 */
public final class LocalFileIO implements FileIO {
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
    return org.apache.iceberg.Files.localOutput(path(location).toFile());
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(path(location));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + location, e);
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
}
