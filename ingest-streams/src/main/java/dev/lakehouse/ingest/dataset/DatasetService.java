package dev.lakehouse.ingest.dataset;

import dev.lakehouse.ingest.progress.DocumentLog;
import dev.lakehouse.ingest.progress.Incarnations;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.schema.DerivedDatasets;
import dev.lakehouse.ingest.upload.Announcer;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** The life of datasets as one part of the room. */
public final class DatasetService implements AutoCloseable {
  /** Fences what a killed process left. */
  public static final String TRANSACTIONAL_ID = "lakehouse-datasets";

  private final KafkaClients clients;
  private final Admin admin;
  private final SchemaRegistry registry;
  private final LakeCatalog catalog;
  private final Datasets datasets;
  private final Clock clock;
  private final DatasetGate gate;
  private final ChangeLog changes;
  private final Deque<AutoCloseable> working = new ArrayDeque<>();

  /**
   * Reads what became of datasets so far.
   *
   * @throws KafkaException if the broker does not answer
   */
  public DatasetService(
      KafkaClients clients,
      Admin admin,
      SchemaRegistry registry,
      LakeCatalog catalog,
      Datasets datasets,
      Clock clock) {
    this.clients = clients;
    this.admin = admin;
    this.registry = registry;
    this.catalog = catalog;
    this.datasets = datasets;
    this.clock = clock;
    this.gate = new DatasetGate(new DerivedDatasets(catalog));
    this.changes = new ChangeLog(clients, admin, registry);
  }

  /** What every writer of records asks for leave. */
  public DatasetGate gate() {
    return gate;
  }

  /** What became of the datasets that ingests wrote to. */
  public Incarnations incarnations() {
    return changes;
  }

  /**
   * Goes on with the changes that were begun before this process; when it returns, what they are
   * about takes no new work.
   *
   * @param steps is told of each step of a change
   */
  public Routes begin(ProgressLog log, Announcer announcer, DocumentLog documents, Steps steps) {
    DataTopics topics = new DataTopics(admin);
    LakeFiles tables = new LakeFiles(catalog);
    IngestEnd end = new IngestEnd(clients, changes, log, documents, clock);
    working.push(end);
    FindingsTopic findings = new FindingsTopic(clients, registry);
    Deletion deletion =
        new Deletion(
            changes, gate, datasets, topics, registry, tables, log, end, announcer, findings);
    Renaming renaming =
        new Renaming(
            clients, admin, changes, gate, datasets, topics, registry, tables, end, findings,
            clock);
    Changer changer = new Changer(changes, gate, deletion, renaming, steps, clock);
    working.push(changer);
    changer.begin();
    return new DatasetRoutes(
        new Creator(gate, datasets, topics, registry, catalog),
        new Asking(changes, changer, gate, datasets, topics, deletion, clock),
        changes);
  }

  /** Stops working on changes; whoever starts next goes on with them. */
  public void stop() throws Exception {
    while (!working.isEmpty()) {
      working.pop().close();
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    changes.close();
  }
}
