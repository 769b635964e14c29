package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.util.Map;

/**
 * {@code [registry]}: the schema registry, anything that speaks Confluent's API.
 *
 * @param url the API's address; empty for the embedded registry
 * @param port the embedded registry's port; 0 derives it from the server's
 * @param headers sent with each request, from {@code [registry.headers]}
 */
public record RegistryConfig(String url, int port, Map<String, String> headers)
    implements Serializable {
  static RegistryConfig from(Settings settings) {
    return new RegistryConfig(
        settings.address("registry.url"),
        settings.count("registry.port", 0, 0, 65535),
        settings.map("registry.headers"));
  }

  /** Whether the registry is a child of this process. */
  public boolean embedded() {
    return url.isEmpty();
  }

  /** The same with the address known. */
  public RegistryConfig at(String address) {
    return new RegistryConfig(address, port, headers);
  }
}
