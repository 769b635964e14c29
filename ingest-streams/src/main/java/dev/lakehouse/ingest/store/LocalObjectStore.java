package dev.lakehouse.ingest.store;

import dev.lakehouse.ingest.scratch.NoRoomException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects as files {@code sha256/ab/abcd…} under one directory. What comes in is written to {@code
 * incoming/}, synced, then renamed, and the directory is synced too, so that a crash leaves either
 * the whole object or a temporary file that the next start sweeps away.
 */
public final class LocalObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(LocalObjectStore.class);

  private final Path objects;
  private final Path incoming;

  /** Opens the directory, making it if need be, and sweeps what cut-off uploads left. */
  public LocalObjectStore(Path directory) throws IOException {
    this.objects = directory.resolve("sha256");
    this.incoming = directory.resolve("incoming");
    Files.createDirectories(objects);
    Files.createDirectories(incoming);
    sweep();
  }

  private void sweep() throws IOException {
    int swept = 0;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
      for (Path file : left) {
        Files.delete(file);
        swept++;
      }
    }
    if (swept > 0) {
      LOG.info("swept {} uploads that were cut off", swept);
    }
  }

  @Override
  public Incoming receive() throws IOException {
    Path file = incoming.resolve(UUID.randomUUID().toString());
    try {
      return new LocalIncoming(
          file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw NoRoomException.unless(incoming, e);
    }
  }

  @Override
  public InputStream open(String uri) throws IOException {
    return Files.newInputStream(Path.of(URI.create(uri)));
  }

  @Override
  public Optional<String> find(String sha256) {
    Path object = object(sha256);
    return Files.isRegularFile(object) ? Optional.of(object.toUri().toString()) : Optional.empty();
  }

  @Override
  public void delete(String sha256) throws IOException {
    Files.deleteIfExists(object(sha256));
  }

  private Path object(String sha256) {
    return objects.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  @Override
  public void close() {
    // Nothing is held open between calls.
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private final class LocalIncoming implements Incoming {
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Digests.sha256();
    private long bytes;

    LocalIncoming(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      digest.update(buffer, offset, length);
      ByteBuffer rest = ByteBuffer.wrap(buffer, offset, length);
      try {
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      } catch (IOException e) {
        throw NoRoomException.unless(incoming, e);
      }
      bytes += length;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public StoredObject keep() throws IOException {
      try {
        return settle();
      } catch (IOException e) {
        throw NoRoomException.unless(incoming, e);
      }
    }

    private StoredObject settle() throws IOException {
      channel.force(true);
      channel.close();
      String sha256 = HexFormat.of().formatHex(digest.digest());
      Path object = object(sha256);
      Path directory = objects.resolve(sha256.substring(0, 2));
      if (!Files.exists(directory)) {
        Files.createDirectories(directory);
        sync(objects);
      }
      Files.move(file, object, StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
      return new StoredObject(object.toUri().toString(), sha256, bytes);
    }

    @Override
    public void close() {
      try {
        channel.close();
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
