package dev.lakehouse.schemas.config;

import java.io.Serializable;

/**
 * {@code [server]} and {@code [limits]}: where the HTTP door listens, and how much is taken there.
 *
 * @param host address to bind; anything but loopback needs {@code auth.enabled}
 * @param port port to bind; 0 picks a free one
 * @param tls whether HTTPS is spoken
 * @param limits how much each principal may ask for
 */
public record ServerConfig(String host, int port, TlsConfig tls, LimitsConfig limits)
    implements Serializable {
  /** HTTP, without limits. */
  public ServerConfig(String host, int port) {
    this(host, port, TlsConfig.OFF, LimitsConfig.NONE);
  }

  static ServerConfig from(Settings settings) {
    return new ServerConfig(
        settings.text("server.host", "127.0.0.1"),
        settings.count("server.port", 8080, 0, 65535),
        TlsConfig.from(settings),
        LimitsConfig.from(settings));
  }

  /** The same on a port that is known. */
  public ServerConfig at(int known) {
    return new ServerConfig(host, known, tls, limits);
  }
}
