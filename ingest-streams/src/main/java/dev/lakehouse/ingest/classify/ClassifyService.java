package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.topic.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classification as one part of a process. */
public final class ClassifyService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClassifyService.class);
  private static final String APPLICATIONS = "lakehouse-classify-v";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Admin admin;

  /** One for each version of the rules: a new version reads everything anew. */
  private final String application;

  private final ThreadTime time;
  private final CatalogTablePast past;
  private final KafkaStreams streams;
  private volatile String trouble = "";

  private ClassifyService(
      LakehouseConfig config,
      KafkaClients clients,
      SchemaRegistry registry,
      LakeCatalog catalog,
      Clock clock,
      int version) {
    this.admin = clients.admin();
    this.application = APPLICATIONS + version;
    String threads = application + "-";
    this.time =
        new ThreadTime(name -> name.contains(threads) || name.equals(CatalogTablePast.THREAD));
    clients.create(admin, Topics.FINDINGS);
    KafkaTopicLook topics = new KafkaTopicLook(admin);
    supersede(new OtherFindings(clients, registry, version), topics);
    this.past = new CatalogTablePast(catalog, clock);
    Pattern sources = sources(config.topics());
    this.streams =
        new KafkaStreams(
            ClassifyTopology.of(
                sources,
                registry,
                new Judge.Parts(
                    topic -> Topics.dataset(topic, config.topics()).map(DatasetName::value),
                    topics,
                    new CatalogTableLook(catalog),
                    past,
                    clock,
                    version)),
            new StreamsConfig(settings(application, config, clients)),
            new RunSupplier(clients, topic -> sources.matcher(topic).matches(), clock));
    streams.setUncaughtExceptionHandler(
        e -> {
          LOG.warn("classification failed and begins again where it was", e);
          trouble = String.valueOf(e.getMessage());
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    streams.setStateListener(
        (state, before) -> {
          if (state == KafkaStreams.State.RUNNING) {
            trouble = "";
          }
        });
  }

  /**
   * Starts classifying; returns before it has caught up.
   *
   * @param config with all addresses known
   * @throws KafkaException if the broker does not answer
   */
  public static ClassifyService start(
      LakehouseConfig config,
      KafkaClients clients,
      SchemaRegistry registry,
      LakeCatalog catalog,
      Clock clock) {
    return start(config, clients, registry, catalog, clock, Findings.VERSION);
  }

  /**
   * Starts classifying as that version of the rules: what it has not read yet is read, from the log
   * and, where the log no longer has it, from the tables; what other versions kept is removed.
   *
   * @param config with all addresses known
   * @throws KafkaException if the broker does not answer
   */
  public static ClassifyService start(
      LakehouseConfig config,
      KafkaClients clients,
      SchemaRegistry registry,
      LakeCatalog catalog,
      Clock clock,
      int version) {
    ClassifyService service =
        new ClassifyService(config, clients, registry, catalog, clock, version);
    service.streams.start();
    return service;
  }

  /** Counts the processor time that classification takes, in seconds. */
  public ClassifyService countTime(MeterRegistry meters) {
    FunctionCounter.builder("lakehouse.classify.cpu", time, ThreadTime::seconds)
        .baseUnit("seconds")
        .description("processor time of the threads that classify")
        .register(meters);
    return this;
  }

  /** Component {@code classify}. */
  public HealthCheck health() {
    return () -> Map.of("classify", state());
  }

  private ComponentHealth state() {
    KafkaStreams.State state = streams.state();
    String failed = trouble;
    if (state == KafkaStreams.State.ERROR || !failed.isEmpty()) {
      return ComponentHealth.down("classification does not run: " + failed);
    }
    return state == KafkaStreams.State.RUNNING
        ? ComponentHealth.up("columns are classified as records arrive")
        : ComponentHealth.up("starting or taking in new topics");
  }

  /**
   * How far a topic is classified; its records from there on must stay.
   *
   * @throws KafkaException if the broker does not answer
   */
  public OffsetVector classified(String topic) {
    try {
      Map<Integer, Long> next = new HashMap<>();
      admin
          .listConsumerGroupOffsets(application)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, offset) -> {
                if (partition.topic().equals(topic) && offset != null) {
                  next.put(partition.partition(), offset.offset());
                }
              });
      return new OffsetVector(next);
    } catch (ExecutionException e) {
      throw new KafkaException("how far topics are classified is not known", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking the broker", e);
    }
  }

  /** Stops; what was not committed is classified again at the next start. */
  @Override
  public void close() {
    streams.close(
        CloseOptions.timeout(PATIENCE)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    past.close();
    admin.close(Duration.ZERO);
  }

  /** The texts on the topic {@code documents} are values of rows; they are classified as those. */
  private static Pattern sources(Map<String, String> mapped) {
    return Pattern.compile(
        Stream.concat(
                Stream.of(Pattern.quote(Topics.DATA_PREFIX) + ".+"),
                mapped.keySet().stream().map(Pattern::quote))
            .collect(Collectors.joining("|")));
  }

  private static Properties settings(
      String application, LakehouseConfig config, KafkaClients clients) {
    Properties settings = clients.common();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(
        StreamsConfig.STATE_DIR_CONFIG, config.data().path().resolve("streams").toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 8L << 20);
    settings.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "INFO");
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    settings.put(StreamsConfig.consumerPrefix("metadata.max.age.ms"), "500");
    settings.put(StreamsConfig.consumerPrefix("session.timeout.ms"), "6000");
    settings.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), "1500");
    // A run is a record here, so few of them are many bytes; under load each is large.
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 16);
    settings.put(StreamsConfig.consumerPrefix("max.poll.records"), "20000");
    settings.put(StreamsConfig.consumerPrefix("fetch.min.bytes"), "262144");
    settings.put(StreamsConfig.consumerPrefix("fetch.max.wait.ms"), "100");
    settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    // A producer whose clock is ahead must not stop everybody's classification.
    settings.put(
        StreamsConfig.topicPrefix("message.timestamp.after.max.ms"), Long.toString(Long.MAX_VALUE));
    return settings;
  }

  /** What another version said of clean columns holds no more, and what it kept is of no use. */
  private void supersede(OtherFindings others, TopicLook looked) {
    try {
      List<String> topics =
          admin.listTopics().names().get().stream().filter(this::isOther).toList();
      List<String> groups =
          admin.listGroups().all().get().stream()
              .map(group -> group.groupId())
              .filter(this::isOther)
              .toList();
      if (topics.isEmpty() && groups.isEmpty()) {
        return;
      }
      others.withdraw(looked.ids().values());
      admin.deleteTopics(topics).all().get();
      admin.deleteConsumerGroups(groups).all().get();
    } catch (ExecutionException e) {
      LOG.warn("what another classifier version kept could not be removed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking the broker", e);
    }
  }

  private boolean isOther(String name) {
    return name.startsWith(APPLICATIONS)
        && !name.equals(application)
        && !name.startsWith(application + "-");
  }
}
