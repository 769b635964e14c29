package dev.lakehouse.ingest.store;

import dev.lakehouse.schemas.config.ConfigException;
import dev.lakehouse.schemas.config.ConfigException.Mistake;
import dev.lakehouse.schemas.config.ObjectsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Keeps objects by the digest of their content. Safe for use by many threads. */
public interface ObjectStore {
  /** Begins an object whose bytes are still to come. */
  Incoming receive() throws IOException;

  /**
   * The bytes of an object from its first on.
   *
   * @throws java.nio.file.NoSuchFileException if the store has no such object
   */
  InputStream open(String uri) throws IOException;

  /**
   * The store that the configuration names.
   *
   * @param config with its address known
   * @throws ConfigException if the address is of a kind that this version cannot keep objects at
   */
  static ObjectStore at(ObjectsConfig config) throws IOException {
    URI uri = URI.create(config.uri());
    if (!"file".equals(uri.getScheme())) {
      throw new ConfigException(
          "settings",
          List.of(
              new Mistake(
                  "objects.uri",
                  "'" + config.uri() + "' is not a file: address, the only kind kept at so far")));
    }
    return new LocalObjectStore(Path.of(uri));
  }
}
