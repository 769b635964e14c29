package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The readers of this process: more than may work at once, so that a new file finds one that is
 * free and then has its turn, however large the files are that are being read.
 */
public final class ReaderPool implements AutoCloseable {
  /** For each that works at once so many files are open. */
  private static final int OPEN_FOR_EACH = 4;

  /** As many readers as any configuration has. */
  private static final int MOST = 16;

  private static final long PATIENCE_MS = 10_000;

  /** Records are many and small, so batches are large; memory is shared by all readers. */
  private static final Map<String, Object> PRODUCER =
      Map.of(
          "batch.size", 256 << 10,
          "linger.ms", 10,
          "buffer.memory", 8L << 20,
          "max.request.size", 4 << 20);

  private final List<ReaderWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean replaced = new AtomicBoolean();
  private final Announcements announcements;

  private ReaderPool(ReaderParts given, List<Transactor> writers) {
    ReaderParts parts = given.alsoStopping(replaced::get);
    announcements = new Announcements(parts);
    begin("announcements", announcements);
    for (Transactor writer : writers) {
      ReaderWorker worker =
          new ReaderWorker(parts, announcements, writer, () -> replaced.set(true));
      workers.add(worker);
      begin(writer.id(), worker);
    }
  }

  private void begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /**
   * A writer for each reader, opened: from now on nobody else writes under their transactional ids,
   * and what was committed under them is decided.
   *
   * @param readers how many read at once
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  public static List<Transactor> writers(KafkaClients clients, ProgressLog log, int readers) {
    List<Transactor> writers =
        transactionalIds()
            .limit(open(readers))
            .map(id -> new Transactor(clients, log, id, PRODUCER))
            .toList();
    writers.parallelStream().forEach(Transactor::producer);
    return writers;
  }

  /** How many files are open at once where so many are read at once. */
  public static int open(int readers) {
    return Math.min(readers * OPEN_FOR_EACH, MOST);
  }

  /** The transactional ids of all readers there could be. */
  public static Stream<String> transactionalIds() {
    return IntStream.range(0, MOST).mapToObj(number -> "lakehouse-reader-" + number);
  }

  /**
   * Starts the readers; they end when their parts say so.
   *
   * @param writers one for each; the readers close them
   */
  public static ReaderPool start(ReaderParts parts, List<Transactor> writers) {
    return new ReaderPool(parts, writers);
  }

  /** Which readers no longer work and why, or empty while all do. */
  public Optional<String> stopped() {
    return said(
        Stream.concat(
            announcements.stopped().map(why -> "announced files: " + why).stream(),
            IntStream.range(0, workers.size())
                .boxed()
                .flatMap(
                    i ->
                        workers
                            .get(i)
                            .stopped()
                            .map(why -> "reader " + i + " stopped: " + why)
                            .stream())));
  }

  /** Which files wait for room on the disk, or empty if none does. */
  public Optional<String> waiting() {
    return said(workers.stream().flatMap(worker -> worker.waiting().stream()));
  }

  private static Optional<String> said(Stream<String> each) {
    String all = each.collect(Collectors.joining("; "));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  /** Waits for the readers to end, a little; then interrupts them. */
  @Override
  public void close() throws InterruptedException {
    announcements.wake();
    long until = System.nanoTime() + PATIENCE_MS * 1_000_000;
    for (Thread thread : threads) {
      thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
    }
    threads.stream().filter(Thread::isAlive).forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(PATIENCE_MS);
    }
  }
}
