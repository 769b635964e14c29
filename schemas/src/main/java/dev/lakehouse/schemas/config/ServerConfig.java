package dev.lakehouse.schemas.config;

import java.io.Serializable;

/**
 * {@code [server]}: where the HTTP door listens.
 *
 * @param host address to bind; anything but loopback needs {@code auth.enabled}
 * @param port port to bind; 0 picks a free one
 */
public record ServerConfig(String host, int port) implements Serializable {
  static ServerConfig from(Settings settings) {
    return new ServerConfig(
        settings.text("server.host", "127.0.0.1"), settings.count("server.port", 8080, 0, 65535));
  }
}
