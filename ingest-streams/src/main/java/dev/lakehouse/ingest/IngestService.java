package dev.lakehouse.ingest;

import dev.lakehouse.ingest.classify.ClassifyService;
import dev.lakehouse.ingest.columnar.ColumnarFormat;
import dev.lakehouse.ingest.compress.Limits;
import dev.lakehouse.ingest.csv.CsvFormat;
import dev.lakehouse.ingest.dataset.DatasetService;
import dev.lakehouse.ingest.dataset.Steps;
import dev.lakehouse.ingest.document.Ocr;
import dev.lakehouse.ingest.document.PdfFormat;
import dev.lakehouse.ingest.document.TextFormat;
import dev.lakehouse.ingest.event.EventRoutes;
import dev.lakehouse.ingest.event.EventService;
import dev.lakehouse.ingest.event.OnceWriter;
import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.json.JsonFormat;
import dev.lakehouse.ingest.progress.DocumentLog;
import dev.lakehouse.ingest.progress.KnownIngests;
import dev.lakehouse.ingest.progress.Landing;
import dev.lakehouse.ingest.progress.LandingQuarantine;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.ProgressStream;
import dev.lakehouse.ingest.progress.QuarantineReader;
import dev.lakehouse.ingest.progress.Replays;
import dev.lakehouse.ingest.progress.Revisions;
import dev.lakehouse.ingest.progress.StatusRoutes;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.ingest.read.DiskWait;
import dev.lakehouse.ingest.read.FilePlanner;
import dev.lakehouse.ingest.read.HeavyFiles;
import dev.lakehouse.ingest.read.ReaderParts;
import dev.lakehouse.ingest.read.ReaderPool;
import dev.lakehouse.ingest.read.Turns;
import dev.lakehouse.ingest.replay.QuarantineRoutes;
import dev.lakehouse.ingest.replay.ReplayService;
import dev.lakehouse.ingest.retain.Janitor;
import dev.lakehouse.ingest.retain.KeyExpiry;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.scratch.Scratch;
import dev.lakehouse.ingest.sms.SmsFormat;
import dev.lakehouse.ingest.sms.TranscriptFormat;
import dev.lakehouse.ingest.store.DiskMark;
import dev.lakehouse.ingest.store.ObjectStore;
import dev.lakehouse.ingest.undo.UndoRoutes;
import dev.lakehouse.ingest.undo.Undoer;
import dev.lakehouse.ingest.upload.Announcer;
import dev.lakehouse.ingest.upload.ReadAgainRoutes;
import dev.lakehouse.ingest.upload.UploadRoutes;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.config.OcrConfig;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingest room as one part of a process. One of it runs at a time on a broker: a second one
 * takes over from the first, whose readers then stop.
 */
public final class IngestService implements AutoCloseable {
  /** Within the data directory. */
  private static final String SCRATCH = "tmp/reading";

  private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final List<Routes> routes = new ArrayList<>();
  private final HealthCheck health;

  private IngestService(
      LakehouseConfig config,
      KafkaClients clients,
      SchemaRegistry registry,
      LakeCatalog catalog,
      MeterRegistry meters,
      DiskMark disk,
      Steps steps,
      Clock clock)
      throws IOException {
    Admin admin = own(clients.admin());
    Topics.all().forEach(topic -> clients.create(admin, topic));
    fence(clients, config.ingest().readers());
    ProgressLog log = own(new ProgressLog(clients, admin, registry));
    List<Transactor> writers = ReaderPool.writers(clients, log, config.ingest().readers());
    writers.forEach(this::own);
    log.awaitCurrent();
    ObjectStore store = own(ObjectStore.at(config.objects()));
    Datasets datasets = new Datasets(config, clients, admin, registry, catalog);
    DatasetService life =
        own(new DatasetService(clients, admin, registry, catalog, datasets, clock));
    Limits unpacking =
        new Limits(config.ingest().maxUnpackedBytes(), config.ingest().maxUnpackedRatio());
    Scratch scratch = Scratch.open(config.data().path().resolve(SCRATCH), disk::ask);
    Turns turns = new Turns(config.ingest().readers(), config.ingest().transaction());
    OcrConfig scans = config.ocr();
    Ocr ocr =
        Ocr.detect(
            scans.command(), scans.languages(), scans.timeout(), scans.processes(), scratch, turns);
    Formats formats =
        new Formats(
            List.of(
                new CsvFormat(),
                new JsonFormat(),
                ColumnarFormat.parquet(),
                ColumnarFormat.avro(),
                new PdfFormat(ocr),
                new SmsFormat(),
                new TranscriptFormat(),
                new TextFormat()));
    meters.gauge("lakehouse.ingest.idempotency.keys", log, ProgressLog::answers);
    LandingQuarantine quarantine = own(new LandingQuarantine(clients, admin, registry));
    Replays replays = own(new Replays(clients, admin, registry));
    replays.awaitCurrent();
    Landing landing = new Landing(catalog, log, quarantine, life.incarnations());
    DocumentLog documents = new DocumentLog(registry, clock);
    Revisions revisions = own(new Revisions(clients, log));
    Undoer undoer =
        own(
            new Undoer(
                revisions,
                log,
                catalog,
                datasets,
                landing,
                life.gate(),
                clients,
                documents,
                clock));
    Announcer announcer =
        own(
            new Announcer(
                clients,
                log,
                Topics.FILES.values(registry),
                life.incarnations(),
                life.gate(),
                store,
                undoer::watch));
    routes.add(life.begin(log, announcer, documents, steps));
    own(life::stop);
    ReadCounters counters = new ReadCounters(meters);
    ReaderParts parts =
        new ReaderParts(
            clients,
            life.gate(),
            new FilePlanner(
                store,
                datasets,
                formats,
                unpacking,
                scratch,
                turns,
                new HeavyFiles(config.ingest().readers(), turns),
                stopping::get),
            log,
            Topics.FILES.values(registry),
            Topics.QUARANTINE.values(registry),
            documents,
            turns,
            new DiskWait(disk, turns, stopping::get),
            config.ingest().transaction(),
            clock,
            stopping::get,
            progress -> {
              counters.accept(progress);
              undoer.watch(progress);
            });
    ReaderPool readers = own(ReaderPool.start(parts, writers));
    routes.add(
        new UploadRoutes(
            store, announcer, formats, disk, config.ingest().maxUploadBytes(), meters, clock));
    EventService events =
        own(new EventService(clients, datasets, life.gate(), life.incarnations(), log, clock));
    routes.add(new EventRoutes(events, disk, config.ingest().maxEventsBytes(), meters));
    undoer.begin();
    KnownIngests ingests = new KnownIngests(log, landing, config.ingest());
    routes.add(new UndoRoutes(undoer, log, ingests, landing, catalog));
    routes.add(new ReadAgainRoutes(store, announcer, formats, ingests, landing, disk, clock));
    routes.add(new StatusRoutes(log, ingests, landing, own(new ProgressStream(log, landing))));
    QuarantineReader entries =
        new QuarantineReader(clients, registry, log, life.incarnations(), replays, quarantine);
    routes.add(
        new QuarantineRoutes(
            entries,
            new ReplayService(
                revisions,
                replays,
                entries,
                datasets,
                life.gate(),
                formats,
                registry,
                documents,
                clock),
            ingests,
            landing,
            config.ingest().maxEventsBytes(),
            meters));
    own(new KeyExpiry(clients, log, revisions, quarantine, config.ingest(), clock).begin());
    ClassifyService classifier =
        own(ClassifyService.start(config, clients, registry, catalog, clock).countTime(meters));
    own(
        new Janitor(
                admin,
                catalog,
                config.topics(),
                classifier::classified,
                config.ingest().retentionGrace(),
                clock)
            .begin());
    HealthCheck files = new IngestHealth(readers, log, disk, ocr.trouble());
    this.health =
        () -> {
          Map<String, ComponentHealth> components = new HashMap<>(files.check());
          components.putAll(classifier.health().check());
          return components;
        };
  }

  private <T extends AutoCloseable> T own(T part) {
    owned.push(part);
    return part;
  }

  /**
   * Ends what a killed process left open, so that what is committed is known; the readers' writers
   * do so for their own ids.
   */
  private static void fence(KafkaClients clients, int readers) {
    List<String> ids =
        new ArrayList<>(
            List.of(
                Announcer.TRANSACTIONAL_ID,
                KeyExpiry.TRANSACTIONAL_ID,
                Revisions.TRANSACTIONAL_ID,
                DatasetService.TRANSACTIONAL_ID));
    ReaderPool.transactionalIds().skip(ReaderPool.open(readers)).forEach(ids::add);
    OnceWriter.transactionalIds().forEach(ids::add);
    // Admin.fenceProducers does the same and takes five seconds for it.
    ids.parallelStream().forEach(id -> fence(clients, id));
  }

  private static void fence(KafkaClients clients, String transactionalId) {
    try (KafkaProducer<byte[], byte[]> heir = clients.transactional(transactionalId, Map.of())) {
      heir.initTransactions();
    }
  }

  /**
   * Starts everything and returns once it is ready for requests.
   *
   * @param config with all addresses known
   * @throws KafkaException if the broker does not answer
   */
  public static IngestService start(
      LakehouseConfig config,
      KafkaClients clients,
      SchemaRegistry registry,
      LakeCatalog catalog,
      MeterRegistry meters,
      Clock clock) {
    Steps steps =
        (change, step) -> LOG.debug("{} of {}: {}", change.getKind(), change.getDataset(), step);
    return start(config, clients, registry, catalog, meters, DiskMark.of(config), steps, clock);
  }

  static IngestService start(
      LakehouseConfig config,
      KafkaClients clients,
      SchemaRegistry registry,
      LakeCatalog catalog,
      MeterRegistry meters,
      DiskMark disk,
      Steps steps,
      Clock clock) {
    try {
      return new IngestService(config, clients, registry, catalog, meters, disk, steps, clock);
    } catch (IOException e) {
      throw new UncheckedIOException("the object store cannot be opened", e);
    }
  }

  /** What to mount on the HTTP server. */
  public List<Routes> routes() {
    return List.copyOf(routes);
  }

  /** Components {@code ingest} and {@code classify}. */
  public HealthCheck health() {
    return health;
  }

  /** Stops taking and reading; what was not committed is read again at the next start. */
  @Override
  public void close() {
    stopping.set(true);
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of ingest could not be closed", e);
      }
    }
  }
}
