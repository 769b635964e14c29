package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.util.Map;

/**
 * {@code [objects]}: where uploads are kept.
 *
 * @param uri {@code s3://bucket/prefix} or {@code file:///path}; empty for {@code objects} in the
 *     data directory
 * @param properties as Iceberg's S3 file system names them, from {@code [objects.properties]}
 */
public record ObjectsConfig(String uri, Map<String, String> properties) implements Serializable {
  static ObjectsConfig from(Settings settings) {
    return new ObjectsConfig(settings.address("objects.uri"), settings.map("objects.properties"));
  }

  /** The same with the address known. */
  public ObjectsConfig at(String address) {
    return new ObjectsConfig(address, properties);
  }
}
