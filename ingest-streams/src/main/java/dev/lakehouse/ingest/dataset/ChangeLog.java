package dev.lakehouse.ingest.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.progress.Incarnations;
import dev.lakehouse.ingest.progress.TopicTail;
import dev.lakehouse.schemas.event.ChangeKind;
import dev.lakehouse.schemas.event.ChangeState;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Every rename and deletion there was, as the topic {@code catalog.changes} has it. The topic is
 * the truth; what is in memory follows it. Safe for use by many threads.
 */
final class ChangeLog implements Incarnations, AutoCloseable {
  private final AvroSerde<DatasetChange> values;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, DatasetChange> newest = new ConcurrentHashMap<>();
  private final TopicTail tail;

  /** Returns once the topic is read. */
  ChangeLog(KafkaClients clients, Admin admin, SchemaRegistry registry) {
    this.values = Topics.CHANGES.values(registry);
    this.producer = clients.producer(Map.of("linger.ms", 0));
    this.tail =
        new TopicTail(
            clients, admin, List.of(new TopicPartition(Topics.CHANGES.name(), 0)), this::receive);
    tail.awaitCurrent();
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      put(values.read(record.value()));
    }
  }

  /** What comes late from the topic does not set back what was written here since. */
  private void put(DatasetChange change) {
    newest.merge(
        change.getIncarnation(),
        change,
        (had, comes) ->
            Comparator.comparing(DatasetChange::getAskedAt)
                        .thenComparing(DatasetChange::getState)
                        .compare(had, comes)
                    > 0
                ? had
                : comes);
  }

  /**
   * Writes down how far a change has come.
   *
   * @throws KafkaException if the broker does not answer
   */
  void write(DatasetChange change) {
    try {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.CHANGES.name(),
                  change.getIncarnation().getBytes(UTF_8),
                  values.write(change)))
          .get();
      put(change);
    } catch (ExecutionException e) {
      throw new KafkaException("a change could not be written down", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing down a change", e);
    }
  }

  /** Every change, the newest first. */
  List<DatasetChange> all() {
    return newest.values().stream()
        .sorted(Comparator.comparing(DatasetChange::getAskedAt).reversed())
        .toList();
  }

  /** The change of an incarnation, or empty if there was none. */
  Optional<DatasetChange> find(String incarnation) {
    return Optional.ofNullable(newest.get(incarnation));
  }

  /** The change that a dataset is in, by its name before or after it. */
  Optional<DatasetChange> unfinished(DatasetName name) {
    return newest.values().stream()
        .filter(change -> !isOver(change))
        .filter(
            change ->
                name.value().equals(change.getDataset()) || name.value().equals(change.getTo()))
        .findFirst();
  }

  /** Whether nothing more will be done of it. */
  static boolean isOver(DatasetChange change) {
    return change.getState() == ChangeState.DONE || change.getState() == ChangeState.GIVEN_UP;
  }

  /** The incarnation that an ingest's dataset has now, or had last; empty if it never had one. */
  String last(IngestProgress progress) {
    return last(Incarnations.incarnation(progress));
  }

  private String last(String first) {
    String incarnation = first;
    while (true) {
      DatasetChange change = newest.get(incarnation);
      String successor = change == null ? null : change.getSuccessor();
      if (change == null || change.getState() != ChangeState.DONE || successor == null) {
        return incarnation;
      }
      incarnation = successor;
    }
  }

  /** Whether the ingest went to the dataset that a change is about. */
  boolean concerns(DatasetChange change, IngestProgress progress) {
    return Incarnations.incarnation(progress).isEmpty()
        ? progress.getDataset().equals(change.getDataset())
            && !progress.getStartedAt().isAfter(change.getAskedAt())
        : last(progress).equals(change.getIncarnation());
  }

  @Override
  public Fate of(String first) {
    if (first.isEmpty()) {
      return new Fate.Current();
    }
    String last = last(first);
    DatasetChange change = newest.get(last);
    if (change != null && change.getKind() == ChangeKind.DELETE) {
      return new Fate.Deleted();
    } else if (change != null && change.getState() == ChangeState.MOVING) {
      return new Fate.Moving();
    } else if (last.equals(first)) {
      return new Fate.Current();
    }
    return newest.values().stream()
        .filter(moved -> last.equals(moved.getSuccessor()))
        .findFirst()
        .<Fate>map(moved -> new Fate.Moved(String.valueOf(moved.getTo())))
        .orElseGet(Fate.Current::new);
  }

  /** Whether the ingest's dataset is no more, as far as can be told. */
  boolean isGone(IngestProgress progress) {
    return of(progress) instanceof Fate.Deleted
        || newest.values().stream()
            .anyMatch(
                change ->
                    change.getKind() == ChangeKind.DELETE
                        && Incarnations.incarnation(progress).isEmpty()
                        && concerns(change, progress));
  }

  @Override
  public void close() {
    tail.close();
    producer.close();
  }
}
