package dev.lakehouse.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.embedded.FreePort;
import dev.lakehouse.jobs.convert.AvroColumns;
import dev.lakehouse.jobs.convert.MisfitException;
import dev.lakehouse.jobs.log.StatusReader;
import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.event.LandingStatus;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.table.TableNames;
import dev.lakehouse.schemas.topic.RecordHeaders;
import dev.lakehouse.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Broker, registry and a Flink cluster for all tests of a JVM, and for each test a catalog of its
 * own and topics with names of its own, so that no test sees another's.
 */
final class LandFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final AtomicInteger TESTS = new AtomicInteger();

  /** {@code id long, name string?}. */
  static final Schema ROW =
      SchemaBuilder.record("row").fields().requiredLong("id").optionalString("name").endRecord();

  /** The key of {@link #ROW}. */
  static final Schema KEY = SchemaBuilder.record("row_key").fields().requiredLong("id").endRecord();

  final LakehouseConfig config;
  final KafkaClients clients;
  final SchemaRegistry registry;
  final LakeCatalog catalog;
  final Admin admin;
  private final Path dir;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<JobID, Path> jobs = new HashMap<>();
  private final String prefix;
  private final CatalogConfig behind;
  private final @Nullable Door door;
  private final int doorPort;

  /** How the jobs come to the catalog. */
  enum Way {
    /** They open it themselves. */
    DIRECT,
    /** By the REST door of a server in this process. */
    DOOR,
    /** By a REST door that the test opens in a process of its own. */
    DOOR_APART
  }

  private LandFixture(Map<String, String> settings, Way way) {
    this(settings, SharedParts.INSTANCE.parts.config().registry().url(), way);
  }

  private LandFixture(Map<String, String> settings, String registryOfJobs, Way way) {
    SharedParts shared = SharedParts.INSTANCE;
    prefix = "t" + TESTS.incrementAndGet();
    dir = shared.dir.resolve(prefix);
    try {
      Files.createDirectories(dir.resolve("warehouse"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> all = new HashMap<>(settings);
    all.put("catalog.properties.faults.dir", faults().toAbsolutePath().toString());
    all.putIfAbsent("landing.commit_interval", "200ms");
    LakehouseConfig read = LakehouseConfig.of(all);
    behind =
        read.catalog()
            .at(
                "jdbc:sqlite:" + dir.resolve("catalog.db").toAbsolutePath(),
                dir.resolve("warehouse").toAbsolutePath().toUri().toString());
    door = way == Way.DOOR ? new Door(behind, 0) : null;
    doorPort = door != null ? door.port() : way == Way.DOOR_APART ? FreePort.pick() : 0;
    config =
        read.with(read.kafka().at(shared.parts.config().kafka().bootstrap()))
            .with(read.registry().at(registryOfJobs))
            .with(way == Way.DIRECT ? behind : Door.client(doorPort, behind));
    clients = new KafkaClients(config.kafka());
    registry = new SchemaRegistry(URI.create(shared.parts.config().registry().url()), Map.of());
    catalog =
        LakeCatalog.open(LakehouseConfig.defaults().catalog().at(behind.uri(), behind.warehouse()));
    admin = clients.admin();
    producer = clients.producer(Map.of());
  }

  static LandFixture start() {
    return start(Way.DIRECT);
  }

  static LandFixture start(Way way) {
    return new LandFixture(Map.of(), way);
  }

  static LandFixture start(Map<String, String> settings) {
    return new LandFixture(settings, Way.DIRECT);
  }

  /** With jobs that ask this registry. */
  static LandFixture asking(FaultyRegistry registry) {
    return new LandFixture(Map.of(), registry.url(), Way.DIRECT);
  }

  /** With a catalog whose commits go wrong as planned in {@link #faults}. */
  static LandFixture faulty() {
    return faulty(Way.DIRECT);
  }

  /** The same; by a door it is the catalog behind it whose commits go wrong. */
  static LandFixture faulty(Way way) {
    return new LandFixture(Map.of("catalog.implementation", FaultyCatalog.class.getName()), way);
  }

  /** Opens the door of {@link Way#DOOR_APART}, for the first time or again. */
  ForkedDoor openDoor() throws IOException {
    return ForkedDoor.start(behind, doorPort, dir.resolve("door.log"));
  }

  /** Lets the next commits to a table go wrong. */
  void plan(FaultyCatalog.Fault fault, DatasetName dataset, int times) {
    FaultyCatalog.plan(faults(), fault, dataset.value(), times);
  }

  /** Where faults are planned. */
  Path faults() {
    return dir.resolve("faults");
  }

  /** A dataset name of this test. */
  DatasetName dataset(String name) {
    return new DatasetName(prefix + "_" + name);
  }

  /** A dataset of this test whose topic exists. */
  DatasetName topic(String name, int partitions) {
    DatasetName dataset = dataset(name);
    clients.create(admin, List.of(Topics.dataTopic(dataset, partitions)));
    return dataset;
  }

  /** A dataset of this test that was declared: its topic and its table exist, with no rows. */
  DatasetName declared(
      String name,
      int partitions,
      Schema schema,
      List<String> keys,
      Function<org.apache.iceberg.Schema, PartitionSpec> spec,
      Function<org.apache.iceberg.Schema, SortOrder> order) {
    DatasetName dataset = dataset(name);
    try {
      List<NestedField> fields =
          new ArrayList<>(AvroColumns.of(schema, MetadataColumns.reserved()).fields());
      fields.addAll(MetadataColumns.fields(fields.size() + 1));
      org.apache.iceberg.Schema columns = new org.apache.iceberg.Schema(fields);
      catalog
          .catalog()
          .buildTable(TableNames.of(dataset), columns)
          .withPartitionSpec(spec.apply(columns))
          .withSortOrder(order.apply(columns))
          .withProperty(TableKeys.PROPERTY, TableKeys.write(keys))
          .withProperty(TableProperties.FORMAT_VERSION, "2")
          .create();
    } catch (MisfitException e) {
      throw new IllegalArgumentException(e);
    }
    return topic(name, partitions);
  }

  /** A dataset of this test that was declared with keys. */
  DatasetName keyed(String name, int partitions) {
    return declared(
        name,
        partitions,
        ROW,
        List.of("id"),
        columns -> PartitionSpec.unpartitioned(),
        columns -> SortOrder.unsorted());
  }

  /** Deletes the dataset's table and topic, and waits until the topic is gone. */
  void delete(DatasetName dataset) throws Exception {
    catalog.catalog().dropTable(TableNames.of(dataset), true);
    admin.deleteTopics(List.of(Topics.data(dataset))).all().get();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !admin.listTopics().names().get().contains(Topics.data(dataset)));
  }

  /**
   * Renames a dataset of one partition as the ingest room does: its topic goes, its table gets the
   * new name and lets go of the topic, and the new topic is made.
   */
  void rename(DatasetName from, DatasetName to) throws Exception {
    admin.deleteTopics(List.of(Topics.data(from))).all().get();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !admin.listTopics().names().get().contains(Topics.data(from)));
    catalog.catalog().renameTable(TableNames.of(from), TableNames.of(to));
    catalog
        .table(to)
        .orElseThrow()
        .updateProperties()
        .remove(LandedState.TOPIC)
        .remove(LandedState.TOPIC_ID)
        .remove(LandedState.OFFSETS)
        .commit();
    clients.create(admin, List.of(Topics.dataTopic(to, 1)));
  }

  /** Waits until the table has ids {@code 0..count-1}, each once; offsets may have begun again. */
  void awaitIdsOnce(DatasetName dataset, int count) {
    List<Long> expected = LongStream.range(0, count).boxed().toList();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              List<Long> ids = new ArrayList<>();
              try (CloseableIterable<Record> read =
                  IcebergGenerics.read(catalog.table(dataset).orElseThrow()).build()) {
                read.forEach(row -> ids.add((Long) row.getField("id")));
              }
              assertThat(ids).containsExactlyInAnyOrderElementsOf(expected);
            });
  }

  /** A dataset of this test whose topic holds rows with ids {@code 0..rows-1}. */
  DatasetName filled(String name, int partitions, int rows) {
    DatasetName dataset = topic(name, partitions);
    send(dataset, 0, rows);
    return dataset;
  }

  /** Starts the job. */
  JobID land() {
    return land(settings -> {});
  }

  /** Starts the job with more settings of Flink's own. */
  JobID land(Consumer<Configuration> more) {
    return submit(more, env -> LandJob.define(env, config));
  }

  /** Starts the job that keeps tables fast. */
  JobID maintain() {
    clients.create(admin, Topics.MAINTAIN);
    return submit(settings -> {}, env -> MaintainJob.define(env, config));
  }

  private JobID submit(
      Consumer<Configuration> more, Consumer<StreamExecutionEnvironment> definition) {
    try {
      Configuration settings = new Configuration();
      Path checkpoints = Files.createTempDirectory(dir, "checkpoints");
      settings.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY,
          checkpoints.toAbsolutePath().toUri().toString());
      settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      settings.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
      more.accept(settings);
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
      definition.accept(env);
      JobGraph graph = env.getStreamGraph().getJobGraph();
      if (settings.contains(StateRecoveryOptions.SAVEPOINT_PATH)) {
        graph.setSavepointRestoreSettings(SavepointRestoreSettings.fromConfiguration(settings));
      }
      MiniCluster cluster = SharedParts.INSTANCE.cluster;
      JobID id = cluster.submitJob(graph).get().getJobID();
      jobs.put(id, checkpoints);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> cluster.getJobStatus(id).get() == JobStatus.RUNNING);
      return id;
    } catch (Exception e) {
      throw new IllegalStateException("the job does not start", e);
    }
  }

  /** Starts the job in a process of its own and waits until a fault ends it; its exit code. */
  int landInAnotherProcess() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ForkedLanding.class.getName(),
            "kafka.bootstrap=" + config.kafka().bootstrap(),
            "registry.url=" + config.registry().url(),
            "catalog.uri=" + behind.uri(),
            "catalog.warehouse=" + behind.warehouse(),
            "catalog.implementation=" + FaultyCatalog.class.getName(),
            "catalog.properties.faults.dir=" + faults().toAbsolutePath()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(faults().resolve("forked.log").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  MiniCluster cluster() {
    return SharedParts.INSTANCE.cluster;
  }

  /** Takes a checkpoint now, which stays when the job ends; where it is. */
  String checkpoint(JobID job) throws Exception {
    long number = cluster().triggerCheckpoint(job, CheckpointType.FULL).get(30, TimeUnit.SECONDS);
    Path where = Objects.requireNonNull(jobs.get(job)).resolve(job.toHexString());
    return where.resolve("chk-" + number).toAbsolutePath().toUri().toString();
  }

  /** Takes a savepoint now; where it is. */
  String savepoint(JobID job) throws Exception {
    String where = dir.resolve("savepoints").toAbsolutePath().toUri().toString();
    return cluster()
        .triggerSavepoint(job, where, false, SavepointFormatType.CANONICAL)
        .get(30, TimeUnit.SECONDS);
  }

  /** Starts the job from a checkpoint or savepoint. */
  void landFrom(String state) {
    var unused = land(settings -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, state));
  }

  /** Ends the job at once, without a last checkpoint. */
  void cancel(JobID job) {
    MiniCluster cluster = SharedParts.INSTANCE.cluster;
    cluster.cancelJob(job).join();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> cluster.getJobStatus(job).get().isGloballyTerminalState());
    jobs.remove(job);
  }

  /** Ends all jobs at once. */
  void cancelAll() {
    List.copyOf(jobs.keySet()).forEach(this::cancel);
  }

  /** Sends rows {@code from..to-1}, each with its number as id, and waits until they are kept. */
  void send(DatasetName dataset, int from, int to) {
    for (int id = from; id < to; id++) {
      GenericRecord row = new GenericData.Record(ROW);
      row.put("id", (long) id);
      row.put("name", "n" + id);
      send(dataset, row);
    }
    producer.flush();
  }

  /** Sends rows {@code from..to-1} as an ingest does. */
  void send(DatasetName dataset, String ingest, int from, int to) {
    int schema = register(dataset, ROW);
    for (int id = from; id < to; id++) {
      GenericRecord row = new GenericData.Record(ROW);
      row.put("id", (long) id);
      row.put("name", "n" + id);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(Topics.data(dataset), framed(schema, row));
      record.headers().add(RecordHeaders.INGEST_ID, ingest.getBytes(UTF_8));
      var unused = producer.send(record);
    }
    producer.flush();
  }

  /** Sends the row of a key, or its end if there is no name. */
  void upsert(DatasetName dataset, long id, @Nullable String name) {
    GenericRecord row = new GenericData.Record(ROW);
    row.put("id", id);
    row.put("name", name);
    upsert(dataset, key(id), name == null ? null : row);
  }

  /** Sends a record of any key and value; none of a value deletes. */
  void upsert(DatasetName dataset, GenericRecord key, @Nullable GenericRecord row) {
    sendBytes(
        dataset,
        framed(register(dataset, key.getSchema()), key),
        row == null ? null : framed(register(dataset, row.getSchema()), row));
  }

  /** The key {@code id}. */
  static GenericRecord key(long id) {
    GenericRecord key = new GenericData.Record(KEY);
    key.put("id", id);
    return key;
  }

  static byte[] framed(int id, GenericRecord record) {
    return ConfluentWire.Writer.generic(id, record.getSchema()).write(record);
  }

  void sendBytes(DatasetName dataset, byte @Nullable [] key, byte @Nullable [] value) {
    var unused = producer.send(new ProducerRecord<>(Topics.data(dataset), key, value));
  }

  /** Waits until the keyed table has exactly these rows. */
  void awaitRows(DatasetName dataset, Map<Long, String> expected) {
    producer.flush();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(catalog.table(dataset)).isPresent();
              List<Map.Entry<Long, String>> found = new ArrayList<>();
              rows(dataset)
                  .values()
                  .forEach(
                      row ->
                          found.add(
                              Map.entry((Long) row.getField("id"), (String) row.getField("name"))));
              assertThat(found).containsExactlyInAnyOrderElementsOf(expected.entrySet());
            });
  }

  /** Sends one record of any schema. */
  void send(DatasetName dataset, GenericRecord row) {
    int id = register(dataset, row.getSchema());
    sendBytes(dataset, framed(id, row));
  }

  /** Registers any schema of a dataset, compatible or not; its id. */
  int register(DatasetName dataset, Schema schema) {
    return registry.register(Topics.dataSubject(dataset) + "-" + schema.hashCode(), schema);
  }

  /** Sends any bytes, or none. */
  void sendBytes(DatasetName dataset, byte @Nullable [] value) {
    var unused = producer.send(new ProducerRecord<>(Topics.data(dataset), value));
  }

  /** Sends rows {@code from..to-1} in one transaction, and ends it. */
  void transact(DatasetName dataset, int from, int to, boolean commit) {
    int schema = registry.register(Topics.dataSubject(dataset), ROW);
    ConfluentWire.Writer<Object> writer = ConfluentWire.Writer.generic(schema, ROW);
    try (KafkaProducer<byte[], byte[]> transactional =
        clients.transactional(dataset.value(), Map.of())) {
      transactional.initTransactions();
      transactional.beginTransaction();
      for (int id = from; id < to; id++) {
        GenericRecord row = new GenericData.Record(ROW);
        row.put("id", (long) id);
        row.put("name", "n" + id);
        var unused =
            transactional.send(new ProducerRecord<>(Topics.data(dataset), writer.write(row)));
      }
      transactional.flush();
      if (commit) {
        transactional.commitTransaction();
      } else {
        transactional.abortTransaction();
      }
    }
  }

  void flush() {
    producer.flush();
  }

  /** Quarantined records of the dataset by their place; two of one place are a failure. */
  Map<String, Quarantined> quarantined(DatasetName dataset) {
    Map<String, Quarantined> found = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
      List<TopicPartition> places =
          consumer.partitionsFor(Topics.QUARANTINE.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(places);
      Map<TopicPartition, Long> ends = consumer.endOffsets(places);
      while (places.stream()
          .anyMatch(place -> consumer.position(place) < ends.getOrDefault(place, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  Quarantined value = Topics.QUARANTINE.values(registry).read(record.value());
                  if (value.getDataset().equals(dataset.value())) {
                    String place = value.getPartition() + "-" + value.getOffset();
                    assertThat(found.put(place, value)).isNull();
                  }
                });
      }
    }
    return found;
  }

  /** Waits until the dataset's landing says this of itself. */
  LandingStatus awaitStatus(String dataset, String code) {
    try (StatusReader reader = new StatusReader(clients, registry)) {
      return Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> reader.read().get(dataset),
              status -> status != null && status.getCode().equals(code));
    }
  }

  /** What the dataset's table says of how far it has read. */
  LandedState state(DatasetName dataset) {
    return LandedState.of(catalog.table(dataset).orElseThrow()).orElseThrow();
  }

  /** The table's rows by their place {@code partition-offset}; two of one place are a failure. */
  Map<String, Record> rows(DatasetName dataset) {
    return rows(catalog, dataset);
  }

  static Map<String, Record> rows(LakeCatalog catalog, DatasetName dataset) {
    Map<String, Record> rows = new TreeMap<>();
    Table table = catalog.table(dataset).orElseThrow();
    try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
      for (Record row : read) {
        String place =
            row.getField(MetadataColumns.PARTITION) + "-" + row.getField(MetadataColumns.OFFSET);
        assertThat(rows.put(place, row)).as("a second row of " + place).isNull();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  static CloseableIterable<Record> read(Table table, FileScanTask task) {
    return Parquet.read(table.io().newInputFile(task.file().location()))
        .project(table.schema())
        .createReaderFunc(schema -> GenericParquetReaders.buildReader(table.schema(), schema))
        .build();
  }

  /** Waits until the table has ids {@code 0..count-1}, each once and with its content. */
  void awaitIds(DatasetName dataset, int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              assertThat(catalog.table(dataset)).isPresent();
              assertThat(rows(dataset)).hasSize(count);
            });
    checkIds(dataset, count);
  }

  /** The table has ids {@code 0..count-1}, each once and with its content. */
  void checkIds(DatasetName dataset, int count) {
    Map<Long, String> found = new TreeMap<>();
    rows(dataset)
        .values()
        .forEach(
            row -> {
              long id = (Long) row.getField("id");
              assertThat(found.put(id, (String) row.getField("name"))).isNull();
              assertThat(row.getField("name")).isEqualTo("n" + id);
            });
    assertThat(found).hasSize(count);
  }

  @Override
  public void close() {
    cancelAll();
    producer.close();
    try {
      List<String> ours =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.startsWith(Topics.DATA_PREFIX + prefix + "_"))
              .toList();
      admin.deleteTopics(ours).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the topics of the test stay", e);
    }
    admin.close();
    catalog.close();
    if (door != null) {
      door.close();
    }
  }
}
