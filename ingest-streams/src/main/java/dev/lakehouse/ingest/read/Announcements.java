package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands announced files to the readers in the order of their announcement, each as soon as a reader
 * is free. Partitions are assigned by hand, so that a long file loses no race against a poll
 * timeout. Files that are over already, which a restart meets again, are passed by.
 */
final class Announcements implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
  private static final String GROUP = "lakehouse-readers";
  private static final Duration POLL = Duration.ofSeconds(1);

  private final ReaderParts parts;
  private final OpenOffsets places = new OpenOffsets();
  private final SynchronousQueue<Optional<Announced>> handover = new SynchronousQueue<>(true);
  private volatile Optional<String> stopped = Optional.empty();

  /** A group that nobody joins: partitions are assigned by hand. */
  private final ConsumerGroupMetadata group;

  private final KafkaConsumer<byte[], byte[]> consumer;

  Announcements(ReaderParts parts) {
    this.parts = parts;
    this.consumer = parts.clients().consumer(Map.of("group.id", GROUP, "max.poll.records", 100));
    this.group = consumer.groupMetadata();
  }

  /** The next file, or empty if there is none for now. */
  Optional<Announced> take() {
    try {
      Optional<Announced> next = handover.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      return next == null ? Optional.empty() : next;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Has the writer's transaction say that the file is over. */
  void moveOn(Announced announced, KafkaProducer<byte[], byte[]> writer) {
    long offset = places.without(announced.partition(), announced.offset());
    writer.sendOffsetsToTransaction(
        Map.of(announced.partition(), new OffsetAndMetadata(offset)), group);
  }

  /** The file is over, and that is committed. */
  void end(Announced announced) {
    places.end(announced.partition(), announced.offset());
  }

  /** Wakes all that wait, so that they see at once that they are to stop. */
  void wake() {
    consumer.wakeup();
    while (handover.offer(Optional.empty()) || handover.poll() != null) {
      LOG.trace("a reader that waited for a file, or a file that waited for a reader");
    }
  }

  /** Why no files are handed out any longer, or empty while they are. */
  Optional<String> stopped() {
    return stopped;
  }

  @Override
  public void run() {
    try (consumer) {
      begin();
      while (!parts.stopping().getAsBoolean()) {
        poll();
      }
      stopped = Optional.of("stopped");
    } catch (WakeupException e) {
      stopped = Optional.of("stopped");
    } catch (InterruptException e) {
      stopped = Optional.of("interrupted");
    } catch (RuntimeException e) {
      LOG.error("announced files are no longer taken", e);
      stopped = Optional.of(String.valueOf(e.getMessage()));
    } finally {
      if (stopped.isEmpty()) {
        stopped = Optional.of("it died of an error");
      }
    }
  }

  private void begin() {
    List<TopicPartition> partitions =
        IntStream.range(0, Topics.FILES.partitions())
            .mapToObj(partition -> new TopicPartition(Topics.FILES.name(), partition))
            .toList();
    consumer.assign(partitions);
    committed(partitions)
        .forEach(
            (partition, at) -> {
              if (at != null) {
                consumer.seek(partition, at.offset());
              }
            });
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(List<TopicPartition> partitions) {
    for (int attempt = 1; !parts.stopping().getAsBoolean(); attempt++) {
      try {
        return consumer.committed(new HashSet<>(partitions));
      } catch (RetriableException e) {
        LOG.warn("it is not known yet which files were read; asking again", e);
        Pause.before(attempt);
      }
    }
    return Map.of();
  }

  private void poll() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        handOver(record);
      }
    } catch (RetriableException e) {
      LOG.warn("files cannot be asked for; trying again", e);
    }
  }

  private void handOver(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Optional<FileArrived> file = announced(record);
    if (parts.stopping().getAsBoolean()) {
      return;
    }
    if (file.isEmpty() || isOver(file.get())) {
      places.pass(partition, record.offset());
      return;
    }
    places.begin(partition, record.offset());
    Optional<Announced> announced =
        Optional.of(new Announced(file.get(), partition, record.offset()));
    try {
      while (!parts.stopping().getAsBoolean()
          && !handover.offer(announced, POLL.toMillis(), TimeUnit.MILLISECONDS)) {}
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private boolean isOver(FileArrived file) {
    return parts.log().find(file.getIngestId()).filter(ProgressLog::isOver).isPresent();
  }

  private Optional<FileArrived> announced(ConsumerRecord<byte[], byte[]> record) {
    for (int attempt = 1; !parts.stopping().getAsBoolean(); attempt++) {
      try {
        return Optional.of(parts.files().read(record.value()));
      } catch (RegistryException.Unavailable e) {
        LOG.warn("a file's announcement cannot be read yet; trying again", e);
        Pause.before(attempt);
      } catch (RuntimeException e) {
        LOG.error(
            "record {} of {}-{} announces no file",
            record.offset(),
            record.topic(),
            record.partition(),
            e);
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
