package dev.lakehouse.ingest.retain;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes records of datasets' topics that their tables have recorded as read, that are classified,
 * and that are older than a grace period; never a record beyond what the table says, and never by
 * time alone. A topic of a foreign producer that would forget by time or size is told not to.
 */
public final class Janitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
  private static final String UNLIMITED = "-1";
  private static final List<String> RETENTIONS = List.of("retention.ms", "retention.bytes");
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final Duration SHORTEST_REST = Duration.ofSeconds(2);

  private final Admin admin;
  private final LakeCatalog catalog;
  private final Map<String, String> mapped;
  private final Function<String, OffsetVector> classified;
  private final Duration grace;
  private final Clock clock;
  private final Set<String> known = new HashSet<>();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "janitor");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param mapped topics that are datasets under another name: topic → dataset
   * @param classified how far a topic's records are classified
   * @param grace how long a record stays after it has landed
   */
  public Janitor(
      Admin admin,
      LakeCatalog catalog,
      Map<String, String> mapped,
      Function<String, OffsetVector> classified,
      Duration grace,
      Clock clock) {
    this.admin = admin;
    this.catalog = catalog;
    this.mapped = Map.copyOf(mapped);
    this.classified = classified;
    this.grace = grace;
    this.clock = clock;
  }

  /** Begins its rounds. */
  public Janitor begin() {
    Duration tenth = grace.dividedBy(10);
    Duration rest =
        tenth.compareTo(LONGEST_REST) > 0
            ? LONGEST_REST
            : tenth.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : tenth;
    var unused =
        rounds.scheduleWithFixedDelay(
            this::guardedRound, SHORTEST_REST.toMillis(), rest.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void guardedRound() {
    try {
      round();
    } catch (RuntimeException e) {
      LOG.warn("a round of the janitor failed; the next one tries again", e);
    }
  }

  /** One round over all datasets; the trouble of one stops no other. */
  void round() {
    Set<String> topics = await("topics", () -> admin.listTopics().names().get());
    for (String topic : topics) {
      Optional<DatasetName> dataset = Topics.dataset(topic, mapped);
      if (dataset.isPresent()) {
        try {
          keepUntilLanded(topic);
          clean(topic, dataset.get());
        } catch (RuntimeException e) {
          LOG.warn("topic {} could not be looked after", topic, e);
        }
      }
    }
    known.retainAll(topics);
  }

  private void keepUntilLanded(String topic) {
    if (!known.add(topic)) {
      return;
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        await(topic, () -> admin.describeConfigs(List.of(resource)).all().get())
            .getOrDefault(resource, new Config(List.of()));
    List<AlterConfigOp> changes = new ArrayList<>();
    for (String retention : RETENTIONS) {
      ConfigEntry entry = config.get(retention);
      if (entry != null && !UNLIMITED.equals(entry.value())) {
        changes.add(
            new AlterConfigOp(new ConfigEntry(retention, UNLIMITED), AlterConfigOp.OpType.SET));
        LOG.info(
            "topic {} would forget records ({}={}); it keeps them now until they have landed",
            topic,
            retention,
            entry.value());
      }
    }
    if (!changes.isEmpty()) {
      Map<ConfigResource, Collection<AlterConfigOp>> alter = Map.of(resource, changes);
      await(topic, () -> admin.incrementalAlterConfigs(alter).all().get());
    }
  }

  private void clean(String topic, DatasetName dataset) {
    Optional<LandedState> landed =
        catalog.table(dataset).flatMap(LandedState::of).filter(s -> s.topic().equals(topic));
    if (landed.isEmpty()) {
      return;
    }
    TopicDescription described =
        await(topic, () -> admin.describeTopics(List.of(topic)).allTopicNames().get())
            .getOrDefault(topic, new TopicDescription(topic, false, List.of()));
    if (!described.topicId().toString().equals(landed.get().topicId())) {
      return;
    }
    List<TopicPartition> partitions =
        described.partitions().stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .filter(partition -> landed.get().offsets().of(partition.partition()) > 0)
            .toList();
    delete(topic, partitions, landed.get());
  }

  private void delete(String topic, List<TopicPartition> partitions, LandedState landed) {
    Instant oldest = clock.instant().minus(grace);
    OffsetVector reached = classified.apply(topic);
    Map<TopicPartition, Long> starts = offsets(topic, partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> kept =
        offsets(topic, partitions, OffsetSpec.forTimestamp(oldest.toEpochMilli()));
    Map<TopicPartition, RecordsToDelete> deletes = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long recorded =
          Math.min(landed.offsets().of(partition.partition()), reached.of(partition.partition()));
      long young = kept.getOrDefault(partition, -1L);
      long before = young < 0 ? recorded : Math.min(recorded, young);
      if (before > starts.getOrDefault(partition, 0L)) {
        deletes.put(partition, RecordsToDelete.beforeOffset(before));
      }
    }
    if (!deletes.isEmpty()) {
      await(topic, () -> admin.deleteRecords(deletes).all().get());
      LOG.info("deleted landed records of {}: {}", topic, deletes);
    }
  }

  private Map<TopicPartition, Long> offsets(
      String topic, List<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        await(topic, () -> admin.listOffsets(wanted).all().get());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private interface Asking<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private static <T> T await(String what, Asking<T> asking) {
    try {
      return asking.ask();
    } catch (ExecutionException e) {
      throw new KafkaException("the broker did not answer about " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking about " + what, e);
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
