package dev.lakehouse.query.cache;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pinned tables as a file, which each process that answers queries has for itself, as it has
 * its memory. The file is replaced as a whole and synced.
 */
public final class Pins {
  private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Pin>> LIST = new TypeReference<>() {};

  /**
   * One of them.
   *
   * @param incarnation identity of the table: another one of its name was not pinned
   */
  record Pin(
      @JsonProperty("table") String table, @JsonProperty("incarnation") String incarnation) {}

  private final Path file;

  public Pins(Path file) {
    this.file = file;
  }

  /** None if there is no file, or none that can be read. */
  List<Pin> read() {
    try {
      return JSON.readValue(Files.readAllBytes(file), LIST);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (JsonProcessingException e) {
      LOG.warn("pinned tables are forgotten, for {} cannot be read", file, e);
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(List<Pin> pins) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel out =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(pins));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
