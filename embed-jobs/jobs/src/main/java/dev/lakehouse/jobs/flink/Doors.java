package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.KeptBytes;
import dev.lakehouse.jobs.land.LandedTables;
import dev.lakehouse.jobs.land.Source;
import dev.lakehouse.jobs.land.TableWriter;
import dev.lakehouse.jobs.log.KafkaLogReader;
import dev.lakehouse.jobs.log.KafkaQuarantine;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.net.URI;
import java.time.Clock;

/** The doors one operator has open. */
final class Doors implements AutoCloseable {
  final KafkaClients clients;
  final SchemaRegistry registry;
  final KafkaLogReader log;
  final LandedTables tables;
  private final KeptBytes kept = new KeptBytes();
  final Clock clock = Clock.systemUTC();
  private final KafkaQuarantine quarantine;
  private final LakeCatalog catalog;

  Doors(LakehouseConfig config) {
    clients = new KafkaClients(config.kafka());
    registry = new SchemaRegistry(URI.create(config.registry().url()), config.registry().headers());
    catalog = LakeCatalog.open(config.catalog());
    log = new KafkaLogReader(clients);
    quarantine = new KafkaQuarantine(clients, registry);
    tables = new LandedTables(catalog, log);
  }

  TableWriter writer(Source source) {
    return new TableWriter(source, tables, registry, quarantine, kept, clock);
  }

  @Override
  public void close() {
    quarantine.close();
    log.close();
    catalog.close();
  }
}
