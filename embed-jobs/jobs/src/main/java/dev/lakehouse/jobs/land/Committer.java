package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.event.LandingState;
import dev.lakehouse.schemas.event.LandingStatus;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits batches on arrival, one lane for each topic. Where a table is not where a batch starts,
 * the missing records are read again from the log, so that it does not matter what was lost,
 * repeated or restored on the way here. One lane's trouble stays in it. For one thread.
 */
public final class Committer {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final int MOST_PENDING = 64;
  private static final int MOST_RECORDS_READ_AGAIN = 100_000;
  private static final int FAILURES_TO_REPORT = 3;

  private final LandedTables tables;
  private final LogReader log;
  private final Function<Source, TableWriter> writers;
  private final StatusBoard board;
  private final Clock clock;
  private final Map<String, Lane> lanes = new TreeMap<>();

  public Committer(
      LandedTables tables,
      LogReader log,
      Function<Source, TableWriter> writers,
      StatusBoard board,
      Clock clock) {
    this.tables = tables;
    this.log = log;
    this.writers = writers;
    this.board = board;
    this.clock = clock;
  }

  /** Takes what a writer says of a topic; {@link #work} acts on it. */
  public void take(Source source, Landed said) {
    Lane lane = lane(source);
    lane.lastHeard = clock.millis();
    if (said instanceof Batch batch) {
      if (lane.stopped || lane.pending.size() >= MOST_PENDING) {
        discard(lane, batch);
      } else {
        lane.pending.add(batch);
      }
    } else if (said instanceof Trouble trouble) {
      if (trouble.passing()) {
        report(lane, trouble.code(), trouble.reason());
      } else {
        stop(lane, trouble.code(), trouble.reason());
      }
    }
  }

  /**
   * Takes one step of each lane that is due, so that no lane waits for all of another's; {@link
   * #nextDue} says when to come again.
   */
  public void work() {
    long now = clock.millis();
    for (Lane lane : lanes.values()) {
      if (lane.isDue(now)) {
        guarded(lane, () -> step(lane));
      }
    }
  }

  /** When {@link #work} will have something to do if nothing comes, ms since the epoch. */
  public Optional<Long> nextDue() {
    return lanes.values().stream()
        .filter(lane -> !lane.stopped && !lane.pending.isEmpty())
        .map(lane -> lane.backoff.notBefore())
        .min(Long::compare);
  }

  Lane lane(Source source) {
    return lanes.computeIfAbsent(source.topic(), topic -> new Lane(source));
  }

  /** One step of a lane. */
  interface Step {
    void take() throws IOException, StoppedException;
  }

  /** Whatever goes wrong in a step stays with its lane. */
  void guarded(Lane lane, Step step) {
    try {
      step.take();
    } catch (StoppedException e) {
      stop(lane, e.code(), e.reason());
    } catch (NoSuchTableException e) {
      stop(lane, "table_dropped", dropped(lane));
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted", e);
      }
      lane.backoff.failed(clock.millis());
      lane.table = null;
      LOG.warn("landing of {} failed, will be tried again", lane.source, e);
      if (lane.backoff.failures() >= FAILURES_TO_REPORT) {
        String code = e instanceof RegistryException ? "registry_failing" : "commit_failing";
        report(lane, code, "commits fail and are tried again: " + e);
      }
    }
  }

  private void step(Lane lane) throws IOException, StoppedException {
    Batch batch = lane.pending.element();
    Table table = existing(lane);
    if (!table.uuid().toString().equals(batch.table())) {
      lane.table = null;
      table = existing(lane);
      if (!table.uuid().toString().equals(batch.table())) {
        discard(lane, lane.pending.remove());
        return;
      }
    }
    lane.headTried = true;
    switch (commit(lane, table, batch)) {
      case NEXT, PAST -> next(lane);
      case AHEAD -> {
        if (!readAgain(lane, before(batch, lane.recorded))) {
          lane.pending.remove();
          lane.pending.addFirst(batch.startingAt(lane.recorded));
        }
      }
      case OVERLAP -> {
        if (!readAgain(lane, missing(batch, lane.recorded))) {
          next(lane);
        }
      }
    }
  }

  private static void next(Lane lane) {
    lane.pending.remove();
    lane.headTried = false;
  }

  /** Commits, if the topic is still the one that the table knows. */
  private Batch.Standing commit(Lane lane, Table table, Batch batch) throws StoppedException {
    checkTopic(lane, table);
    OffsetLedger ledger = new OffsetLedger(table);
    Batch.Standing standing = ledger.commit(batch);
    lane.recorded = offsets(table);
    if (standing == Batch.Standing.NEXT) {
      running(lane);
    } else if (standing == Batch.Standing.PAST) {
      running(lane);
    }
    return standing;
  }

  /**
   * Records read after the topic was made anew are of the new topic, so this comes after reading.
   */
  private void checkTopic(Lane lane, Table table) throws StoppedException {
    String topic = lane.source.topic();
    String now = log.ids(List.of(topic)).get(topic);
    checkTopic(topic, now == null ? "none" : now, topicId(table));
  }

  static void checkTopic(String topic, String now, String known) throws StoppedException {
    if (!now.equals(known)) {
      throw new StoppedException(
          "topic_recreated",
          "topic "
              + topic
              + " was deleted and made again: the table is of topic id "
              + known
              + ", the topic is now "
              + now
              + "; rename the table or the topic to go on");
    }
  }

  /**
   * Reads ranges from the log and commits what they hold.
   *
   * @return whether they held anything
   */
  boolean readAgain(Lane lane, Map<Integer, Range> ranges) throws IOException, StoppedException {
    TableWriter writer = writers.apply(lane.source);
    Optional<Batch> batch;
    try {
      batch = written(lane, ranges, writer);
    } catch (IOException | StoppedException | RuntimeException e) {
      writer.abandon();
      throw e;
    }
    if (batch.isEmpty() || (batch.get().parts().isEmpty() && batch.get().quarantined() == 0)) {
      return false;
    }
    LOG.info("read {} of {} again from the log", batch.get().ranges(), lane.source.topic());
    Batch.Standing standing = commit(lane, existing(lane), batch.get());
    if (standing == Batch.Standing.NEXT) {
      lane.backoff.succeeded();
    } else {
      lane.backoff.failed(clock.millis());
    }
    return true;
  }

  private Optional<Batch> written(Lane lane, Map<Integer, Range> ranges, TableWriter writer)
      throws IOException, StoppedException {
    int left = MOST_RECORDS_READ_AGAIN;
    for (Map.Entry<Integer, Range> entry : ranges.entrySet()) {
      int partition = entry.getKey();
      Range range = entry.getValue();
      if (range.isEmpty() || left <= 0) {
        continue;
      }
      writer.startAt(partition, range.start());
      Counted counted = new Counted(writer);
      long reached = log.read(lane.source.topic(), partition, range, left, counted);
      writer.reached(partition, reached);
      left -= counted.records;
    }
    return writer.cut();
  }

  private static final class Counted implements LogReader.Sink {
    private final TableWriter writer;
    private int records;

    Counted(TableWriter writer) {
      this.writer = writer;
    }

    @Override
    public void take(LogRecord record) throws IOException, StoppedException {
      writer.add(record);
      records++;
    }
  }

  private static Map<Integer, Range> before(Batch batch, OffsetVector recorded) {
    Map<Integer, Range> gaps = new HashMap<>();
    batch
        .ranges()
        .forEach(
            (partition, range) ->
                gaps.put(partition, new Range(recorded.of(partition), range.start())));
    return gaps;
  }

  private static Map<Integer, Range> missing(Batch batch, OffsetVector recorded) {
    Map<Integer, Range> gaps = new HashMap<>();
    batch
        .ranges()
        .forEach(
            (partition, range) ->
                gaps.put(partition, new Range(recorded.of(partition), range.end())));
    return gaps;
  }

  /**
   * The lane's table as it was last loaded, or loaded now.
   *
   * @throws StoppedException if it is another than before, and of the same topic
   */
  Optional<Table> table(Lane lane) throws StoppedException {
    if (lane.table == null) {
      Optional<Table> found = tables.find(lane.source);
      if (isOther(lane, found)) {
        if (!isAnew(lane, found)) {
          throw new StoppedException("table_dropped", dropped(lane));
        }
        lane.startAnew();
      }
      if (found.isEmpty()) {
        return found;
      }
      lane.table = found.get();
      lane.tableId = found.get().uuid().toString();
      lane.topicId = topicId(found.get());
      lane.recorded = offsets(found.get());
    }
    return Optional.of(lane.table);
  }

  /** Another table; or the same one as of another topic, which was renamed and renamed back. */
  private static boolean isOther(Lane lane, Optional<Table> found) {
    return lane.tableId != null
        && (!found.map(table -> table.uuid().toString()).equals(Optional.of(lane.tableId))
            || !found.map(Committer::topicId).equals(Optional.ofNullable(lane.topicId)));
  }

  /** Whether the topic was made anew as well as the table: a dataset of a name that was free. */
  private boolean isAnew(Lane lane, Optional<Table> found) {
    String topic = lane.source.topic();
    String now = log.ids(List.of(topic)).get(topic);
    return now != null
        && !now.equals(lane.topicId)
        && found.map(Committer::topicId).orElse(now).equals(now);
  }

  /**
   * A lane that stopped goes on if its topic and its table were made anew since, or if it knew no
   * table and there is one now that is not refused.
   */
  void renew(Lane lane) throws StoppedException {
    Optional<Table> found = tables.find(lane.source);
    boolean first = lane.tableId == null && found.isPresent();
    if (first || (isOther(lane, found) && isAnew(lane, found))) {
      LOG.info("landing of {} starts anew: topic and table are others", lane.source);
      lane.startAnew();
    }
  }

  private static String topicId(Table table) {
    return LandedState.of(table).map(LandedState::topicId).orElse("");
  }

  private Table existing(Lane lane) throws StoppedException {
    return table(lane).orElseThrow(() -> new StoppedException("table_dropped", dropped(lane)));
  }

  static OffsetVector offsets(Table table) {
    return LandedState.of(table).map(LandedState::offsets).orElse(OffsetVector.NONE);
  }

  private static String dropped(Lane lane) {
    return "table "
        + lane.source.dataset()
        + " was dropped while it was landed; the next start of the job makes it anew from the log";
  }

  void running(Lane lane) {
    lane.backoff.succeeded();
    boolean saidStopped =
        board
            .last(lane.source.dataset().value())
            .filter(status -> status.getState() == LandingState.STOPPED)
            .isPresent();
    if (saidStopped) {
      say(lane.source.dataset().value(), LandingState.RUNNING, "running", "lands again");
    }
  }

  private void stop(Lane lane, String code, String reason) {
    String why = code + ": " + reason;
    boolean known = lane.stopped && lane.stoppedFor.equals(why);
    lane.stopped = true;
    lane.stoppedFor = why;
    lane.pending.stream().skip(lane.headTried ? 1 : 0).forEach(batch -> discard(lane, batch));
    lane.pending.clear();
    if (!known) {
      LOG.error("landing of {} stopped: {}", lane.source, why);
    }
    report(lane, code, reason);
  }

  /** A topic that is not the one its dataset's table is fed by speaks under its own name. */
  private void report(Lane lane, String code, String reason) {
    String dataset = lane.source.dataset().value();
    boolean second =
        lanes.values().stream()
            .anyMatch(
                other ->
                    other != lane
                        && !other.stopped
                        && other.source.dataset().equals(lane.source.dataset()));
    String name = second ? lane.source.topic() : dataset;
    boolean known =
        board
            .last(name)
            .filter(last -> last.getState() == LandingState.STOPPED && last.getCode().equals(code))
            .isPresent();
    if (!known) {
      say(name, LandingState.STOPPED, code, reason);
    }
  }

  private void say(String name, LandingState state, String code, String reason) {
    board.publish(new LandingStatus(name, state, code, reason, clock.instant()));
  }

  /** Files of a batch that no commit was tried with belong to nobody. */
  private static void discard(Lane lane, Batch batch) {
    Table table = lane.table;
    if (table != null) {
      batch.parts().forEach(part -> PartFiles.delete(table, part));
    }
  }
}
