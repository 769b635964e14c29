package dev.lakehouse.local.process;

import dev.lakehouse.embedded.FreePort;
import dev.lakehouse.schemas.config.LakehouseConfig;

/**
 * Where the parts of one lakehouse listen. The ports of the embedded parts follow the HTTP port,
 * and give way to a free one if they are taken; a port that was asked for is never given another.
 *
 * @param http the HTTP door
 * @param registry the embedded registry; 0 if it is external
 * @param kafka the embedded broker; 0 if it is external
 */
record Ports(int http, int registry, int kafka) {
  private static final int REGISTRY_AFTER_HTTP = 1;
  private static final int KAFKA_AFTER_HTTP = 1012;

  /**
   * @throws StartRefused if a port that the configuration names is taken
   */
  static Ports of(LakehouseConfig config) {
    int http =
        config.server().port() == 0
            ? FreePort.pick()
            : asked(config.server().port(), "server.port (or --port)");
    int registry =
        !config.registry().embedded()
            ? 0
            : config.registry().port() == 0
                ? FreePort.near(http + REGISTRY_AFTER_HTTP)
                : asked(config.registry().port(), "registry.port");
    int kafka =
        !config.kafka().embedded()
            ? 0
            : config.kafka().port() == 0
                ? FreePort.near(http + KAFKA_AFTER_HTTP)
                : asked(config.kafka().port(), "kafka.port");
    return new Ports(http, registry, kafka);
  }

  private static int asked(int port, String key) {
    if (!FreePort.isFree(port)) {
      throw taken(port, key);
    }
    return port;
  }

  static StartRefused taken(int port, String key) {
    return new StartRefused(
        "port " + port + " is taken by another process", "choose another with the key " + key);
  }
}
