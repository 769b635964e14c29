package dev.lakehouse.ingest.read;

import dev.lakehouse.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** The readers of this process, each with its share of the partitions of announced files. */
public final class ReaderPool implements AutoCloseable {
  private static final long PATIENCE_MS = 10_000;

  private final List<ReaderWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private ReaderPool() {}

  /**
   * Starts the readers; they end when their parts say so.
   *
   * @param readers how many files are read at once
   */
  public static ReaderPool start(ReaderParts parts, int readers) {
    ReaderPool pool = new ReaderPool();
    for (int i = 0; i < readers; i++) {
      int number = i;
      List<TopicPartition> share =
          IntStream.range(0, Topics.FILES.partitions())
              .filter(partition -> partition % readers == number)
              .mapToObj(partition -> new TopicPartition(Topics.FILES.name(), partition))
              .toList();
      ReaderWorker worker = new ReaderWorker(parts, number, share);
      Thread thread = new Thread(worker, "reader-" + number);
      thread.setDaemon(true);
      pool.workers.add(worker);
      pool.threads.add(thread);
      thread.start();
    }
    return pool;
  }

  /** Which readers no longer work and why, or empty while all do. */
  public Optional<String> stopped() {
    String stopped =
        IntStream.range(0, workers.size())
            .filter(i -> workers.get(i).stopped().isPresent())
            .mapToObj(i -> "reader " + i + " stopped: " + workers.get(i).stopped().orElse(""))
            .collect(Collectors.joining("; "));
    return stopped.isEmpty() ? Optional.empty() : Optional.of(stopped);
  }

  /** Waits for the readers to end, a little; then interrupts them. */
  @Override
  public void close() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(PATIENCE_MS);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(PATIENCE_MS);
      }
    }
  }
}
