package dev.lakehouse.ingest.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.progress.Answers.Place;
import dev.lakehouse.schemas.event.IngestKind;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The newest progress of every ingest, as the topic {@code ingest.progress} has it. The topic is
 * the truth. Of files a slim copy is in memory; of answered requests of events only where on the
 * topic their answer is, until they expire. Safe for use by many threads.
 */
public final class ProgressLog implements AutoCloseable {
  /** The ids of requests of events begin with this. */
  public static final String EVENTS_PREFIX = "ev-";

  private static final int RECENT_ANSWERS = 2_000;

  /** More files than this are not followed transaction by transaction at once. */
  private static final int FOLLOWED = 1_000;

  private final AvroSerde<IngestProgress> values;
  private final KnownFiles files = new KnownFiles();
  private final Answers answers = new Answers();
  private final Set<String> undoing = ConcurrentHashMap.newKeySet();
  private final Recent<String, IngestProgress> recent = new Recent<>(RECENT_ANSWERS);
  private final Recent<String, Checkpoints> checkpoints = new Recent<>(FOLLOWED);
  private final ProgressReader reader;
  private final TopicTail tail;

  /** Begins to read the topic; {@link #awaitCurrent} waits until it is read. */
  public ProgressLog(KafkaClients clients, Admin admin, SchemaRegistry registry) {
    this.values = Topics.PROGRESS.values(registry);
    this.reader = new ProgressReader(clients, values);
    this.tail =
        new TopicTail(
            clients,
            admin,
            IntStream.range(0, Topics.PROGRESS.partitions())
                .mapToObj(p -> new TopicPartition(Topics.PROGRESS.name(), p))
                .toList(),
            this::receive);
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      String id = new String(record.key(), UTF_8);
      answers.forget(id, record.offset());
      undoing.remove(id);
      recent.remove(id);
      return;
    }
    IngestProgress progress = values.read(record.value());
    if (progress.getKind() == IngestKind.EVENTS) {
      putAnswer(progress, record.partition(), record.offset());
    } else {
      put(progress);
      files.at(new Place(Position.of(progress), record.partition(), record.offset()));
    }
  }

  /**
   * Takes a file's progress that was just committed, or is about to be tried, without waiting for
   * the topic.
   */
  public void put(IngestProgress progress) {
    Optional<IngestProgress> before = files.find(progress.getIngestId());
    files.put(progress);
    if (!progress.getEndOffsets().isEmpty()) {
      follow(progress, before);
    }
  }

  private void follow(IngestProgress progress, Optional<IngestProgress> before) {
    Checkpoints known = checkpoints.findOr(progress.getIngestId(), Checkpoints::new);
    if (progress.getRowsReplayed() > 0) {
      known.add(
          written(progress) - progress.getRowsReplayed(),
          Checkpoints.vector(progress.getReadEndOffsets()));
      before.ifPresent(had -> known.add(written(had), Checkpoints.vector(had.getEndOffsets())));
    }
    known.add(written(progress), Checkpoints.vector(progress.getEndOffsets()));
  }

  /** How many records of the ingest were written to its topic. */
  static long written(IngestProgress progress) {
    return progress.getRowsRead() - progress.getRowsQuarantined() + progress.getRowsReplayed();
  }

  /** Takes the answer to a request of events that was just committed at this place. */
  public void putAnswer(IngestProgress answer, int partition, long offset) {
    Place place = new Place(Position.of(answer), partition, offset);
    answers.put(place);
    if (answers.find(answer.getIngestId()).filter(place::equals).isEmpty()) {
      return;
    }
    if (answer.getUndoAskedAt() != null && answer.getUndoneAt() == null) {
      undoing.add(answer.getIngestId());
    } else {
      undoing.remove(answer.getIngestId());
    }
    if (!answer.getEndOffsets().isEmpty()) {
      follow(answer, recent.find(answer.getIngestId()));
    }
    recent.put(answer.getIngestId(), slim(answer));
  }

  private static IngestProgress slim(IngestProgress answer) {
    return IngestProgress.newBuilder(answer).setResults(null).build();
  }

  /** Whether nothing more will be read of the ingest. */
  public static boolean isOver(IngestProgress progress) {
    return progress.getState() != IngestState.RECEIVED
        && progress.getState() != IngestState.READING;
  }

  /**
   * The newest progress of an ingest, or empty if there is no such ingest or it has expired. Of a
   * request of events it is without the answer, which {@link #answer} has; of a file that is over
   * without what its reading needed.
   *
   * @throws KafkaException if it must be read from the topic and the broker does not answer
   */
  public Optional<IngestProgress> find(String ingestId) {
    return files
        .find(ingestId)
        .or(
            () ->
                answers
                    .find(ingestId)
                    .flatMap(
                        place -> Optional.ofNullable(slimAnswers(List.of(place)).get(ingestId))));
  }

  /**
   * The whole answer to a request of events, read from the topic; empty if there was no such
   * request, or it has expired.
   *
   * @throws KafkaException if the broker does not answer
   */
  public Optional<IngestProgress> answer(String ingestId) {
    return answers
        .find(ingestId)
        .flatMap(place -> Optional.ofNullable(reader.read(List.of(place)).get(ingestId)));
  }

  /**
   * The newest progress that was received from the topic, read from there with all that was ever
   * written down of the ingest.
   *
   * @throws KafkaException if the broker does not answer
   */
  Optional<IngestProgress> whole(String ingestId) {
    return files
        .place(ingestId)
        .or(() -> answers.find(ingestId))
        .flatMap(place -> Optional.ofNullable(reader.read(List.of(place)).get(ingestId)));
  }

  private Map<String, IngestProgress> slimAnswers(List<Place> places) {
    Map<String, IngestProgress> found = new HashMap<>();
    List<Place> unread = new ArrayList<>();
    for (Place place : places) {
      recent
          .find(place.ingestId())
          .ifPresentOrElse(had -> found.put(place.ingestId(), had), () -> unread.add(place));
    }
    if (!unread.isEmpty()) {
      reader
          .read(unread)
          .forEach(
              (id, answer) -> {
                found.put(id, slim(answer));
                recent.put(id, slim(answer));
              });
    }
    return found;
  }

  /** Whether there is such an ingest that has not expired. */
  public boolean knows(String ingestId) {
    return files.find(ingestId).isPresent() || answers.find(ingestId).isPresent();
  }

  /** The ingests of files with these bytes. */
  public List<IngestProgress> files(String sha256) {
    return files.of(sha256);
  }

  /** The files, in no order. */
  public Stream<IngestProgress> files() {
    return files.all();
  }

  /**
   * Some ingests, the newest first.
   *
   * @param next where the page behind this one begins, or empty if this is the last
   */
  record Page(List<IngestProgress> items, Optional<Position> next) {}

  /**
   * The ingests that stand before a position, the newest first.
   *
   * @throws KafkaException if some must be read from the topic and the broker does not answer
   */
  Page page(Position before, int limit) {
    List<Position> positions =
        Stream.concat(
                files.before(before).limit(limit + 1L), answers.before(before).limit(limit + 1L))
            .sorted(Comparator.reverseOrder())
            .limit(limit + 1L)
            .toList();
    List<Position> page = positions.subList(0, Math.min(limit, positions.size()));
    Map<String, IngestProgress> found =
        slimAnswers(page.stream().flatMap(at -> answers.find(at.ingestId()).stream()).toList());
    return new Page(
        page.stream()
            .flatMap(
                at ->
                    files
                        .find(at.ingestId())
                        .or(() -> Optional.ofNullable(found.get(at.ingestId())))
                        .stream())
            .toList(),
        positions.size() > limit ? Optional.of(page.get(limit - 1)) : Optional.empty());
  }

  /**
   * The requests of events that are to be forgotten: those that came before a time, and the oldest
   * of those beyond a number.
   *
   * @param most that may stay
   */
  public List<String> surplusAnswers(Instant time, int most) {
    return answers.surplus(time, most).stream().filter(id -> !undoing.contains(id)).toList();
  }

  /** The requests of events whose undoing is not over. */
  public List<String> undoingAnswers() {
    return List.copyOf(undoing);
  }

  /** How many answered requests of events are known. */
  public int answers() {
    return answers.size();
  }

  /** Where the file's transactions ended, as far as is known in this process. */
  Checkpoints checkpoints(String ingestId) {
    return checkpoints.find(ingestId).orElseGet(Checkpoints::new);
  }

  /** Where the file's transactions ended need not be known any longer: all has landed. */
  void forgetCheckpoints(String ingestId) {
    checkpoints.remove(ingestId);
  }

  /** The record that announces the progress. */
  public ProducerRecord<byte[], byte[]> record(IngestProgress progress) {
    return new ProducerRecord<>(
        Topics.PROGRESS.name(), progress.getIngestId().getBytes(UTF_8), values.write(progress));
  }

  /** The record that makes the topic forget an ingest. */
  public static ProducerRecord<byte[], byte[]> forgetting(String ingestId) {
    return new ProducerRecord<>(Topics.PROGRESS.name(), ingestId.getBytes(UTF_8), null);
  }

  /** Returns once everything is known that was committed before the call. */
  public void awaitCurrent() {
    tail.awaitCurrent();
  }

  /** Whether the topic is still followed. */
  public boolean isAlive() {
    return tail.isAlive();
  }

  /** How many files are in each state. */
  public Map<IngestState, Long> counts() {
    Map<IngestState, Long> counts = new TreeMap<>();
    files().forEach(progress -> counts.merge(progress.getState(), 1L, Long::sum));
    return counts;
  }

  @Override
  public void close() {
    tail.close();
    reader.close();
  }
}
