package dev.lakehouse.ingest.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.name.DatasetName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Which entries of quarantine are meant. */
public sealed interface QuarantineScope {
  /** Whether the entry is among them. */
  boolean includes(QuarantineEntry entry);

  /** The partitions of the topic that may have some, in order. */
  List<Integer> partitions(int count);

  /** None of them is older. */
  Instant since();

  /** Those of one ingest; its id is the key of all of them. */
  record OfIngest(IngestProgress progress) implements QuarantineScope {
    private static final Duration SLACK = Duration.ofMinutes(1);

    @Override
    public boolean includes(QuarantineEntry entry) {
      return progress.getIngestId().equals(entry.value().getIngestId());
    }

    @Override
    public List<Integer> partitions(int count) {
      return List.of(
          BuiltInPartitioner.partitionForKey(progress.getIngestId().getBytes(UTF_8), count));
    }

    @Override
    public Instant since() {
      return progress.getStartedAt().minus(SLACK);
    }
  }

  /** Those of one dataset, whoever brought them. */
  record OfDataset(DatasetName dataset) implements QuarantineScope {
    @Override
    public boolean includes(QuarantineEntry entry) {
      return dataset.value().equals(entry.dataset());
    }

    @Override
    public List<Integer> partitions(int count) {
      return IntStream.range(0, count).boxed().toList();
    }

    @Override
    public Instant since() {
      return Instant.EPOCH;
    }
  }
}
