package dev.lakehouse.ingest.store;

import dev.lakehouse.schemas.config.ConfigException;
import dev.lakehouse.schemas.config.ConfigException.Mistake;
import dev.lakehouse.schemas.config.ObjectsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keeps objects by the digest of their content. Safe for use by many threads. */
public interface ObjectStore extends AutoCloseable {
  /** Begins an object whose bytes are still to come. */
  Incoming receive() throws IOException;

  /**
   * The bytes of an object from its first on.
   *
   * @throws java.nio.file.NoSuchFileException if the store has no such object
   */
  InputStream open(String uri) throws IOException;

  /**
   * Where the content with this digest is kept; empty if it is not.
   *
   * @param sha256 lower-case hex digest of the content
   * @throws IOException if the store cannot be asked
   */
  Optional<String> find(String sha256) throws IOException;

  /** Deletes the object of this digest; one that is not there is as good as deleted. */
  void delete(String sha256) throws IOException;

  @Override
  void close();

  /**
   * The store that the configuration names.
   *
   * @param config with its address known
   * @throws ConfigException if objects cannot be kept there
   * @throws IOException if the store cannot be reached or read
   */
  static ObjectStore at(ObjectsConfig config) throws IOException {
    URI uri = URI.create(config.uri());
    String scheme = String.valueOf(uri.getScheme());
    return switch (scheme) {
      case "file" -> new LocalObjectStore(Path.of(uri));
      case "s3" -> S3ObjectStore.at(config);
      default ->
          throw new ConfigException(
              "settings",
              List.of(
                  new Mistake(
                      "objects.uri", "'" + config.uri() + "' is neither file:///… nor s3://…")));
    };
  }
}
