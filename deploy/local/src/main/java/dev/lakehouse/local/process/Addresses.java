package dev.lakehouse.local.process;

import dev.lakehouse.embedded.EmbeddedRegistry;
import dev.lakehouse.schemas.config.LakehouseConfig;

/** Fills in the addresses that a configuration leaves to this process. */
final class Addresses {
  private Addresses() {}

  /** The same configuration with every address known. */
  static LakehouseConfig known(LakehouseConfig config, DataDirectory directory, Ports ports) {
    LakehouseConfig known = config.with(config.server().at(ports.http()));
    if (config.kafka().embedded()) {
      known = known.with(config.kafka().at("127.0.0.1:" + ports.kafka()));
    }
    if (config.registry().embedded()) {
      known = known.with(config.registry().at(EmbeddedRegistry.urlAt(ports.registry()).toString()));
    }
    if (config.objects().uri().isEmpty()) {
      known = known.with(config.objects().at(uri(directory, "objects")));
    }
    String catalog =
        config.catalog().uri().isEmpty()
            ? "jdbc:sqlite:" + directory.part("catalog").resolve("catalog.db")
            : config.catalog().uri();
    String warehouse =
        config.catalog().warehouse().isEmpty()
            ? uri(directory, "warehouse")
            : config.catalog().warehouse();
    return known.with(config.catalog().at(catalog, warehouse));
  }

  private static String uri(DataDirectory directory, String part) {
    return directory.part(part).toUri().toString().replaceFirst("/$", "");
  }
}
