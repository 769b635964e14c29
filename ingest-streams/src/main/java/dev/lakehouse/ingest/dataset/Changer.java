package dev.lakehouse.ingest.dataset;

import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.DatasetGate.Closing;
import dev.lakehouse.schemas.event.ChangeKind;
import dev.lakehouse.schemas.event.ChangeState;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes and renames datasets: writes down first what is to be done, so that it is done whatever
 * happens to this process, and goes on with it until it is. Meanwhile the names that it is about
 * take no new work. Safe for use by many threads.
 */
final class Changer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Changer.class);
  private static final long LOOK_MS = 100;
  private static final long LONGEST_PAUSE_MS = 5_000;

  private final ChangeLog changes;
  private final DatasetGate gate;
  private final Deletion deletion;
  private final Renaming renaming;
  private final Steps steps;
  private final Clock clock;
  private final Set<String> pending = ConcurrentHashMap.newKeySet();

  /** Used by the looking thread only. */
  private final Map<String, Trouble> troubles = new HashMap<>();

  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "datasets");
            thread.setDaemon(true);
            return thread;
          });

  /** What a change met last, how many times in a row, and when it is tried again. */
  private record Trouble(String said, int times, long notBefore) {}

  Changer(
      ChangeLog changes,
      DatasetGate gate,
      Deletion deletion,
      Renaming renaming,
      Steps steps,
      Clock clock) {
    this.changes = changes;
    this.gate = gate;
    this.deletion = deletion;
    this.renaming = renaming;
    this.steps = steps;
    this.clock = clock;
  }

  /** Closes what changes that were begun are about, and goes on with them. */
  void begin() {
    for (DatasetChange change : changes.all()) {
      if (!ChangeLog.isOver(change)) {
        closeFor(change);
        pending.add(change.getIncarnation());
      }
    }
    var unused = looks.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  private void closeFor(DatasetChange change) {
    for (DatasetName name : names(change)) {
      gate.close(name, closing(change));
    }
  }

  private static Closing closing(DatasetChange change) {
    if (change.getKind() == ChangeKind.DELETE) {
      return Closing.DELETING;
    }
    return change.getState() == ChangeState.MOVING ? Closing.MOVING : Closing.RENAMING;
  }

  private static List<DatasetName> names(DatasetChange change) {
    DatasetName name = new DatasetName(change.getDataset());
    String to = change.getTo();
    return to == null ? List.of(name) : List.of(name, new DatasetName(to));
  }

  /**
   * Writes down that the change is to be made; from then on it is. Its names must be closed for it.
   *
   * @throws KafkaException if the broker does not answer: ask again
   */
  void ask(DatasetChange change) {
    changes.write(change);
    pending.add(change.getIncarnation());
  }

  private void look() {
    for (String incarnation : List.copyOf(pending)) {
      Trouble met = troubles.get(incarnation);
      if (met == null || System.nanoTime() - met.notBefore() > 0) {
        changes.find(incarnation).ifPresent(this::goOn);
      }
    }
  }

  private void goOn(DatasetChange change) {
    try {
      DatasetChange reached = change;
      if (change.getKind() == ChangeKind.RENAME) {
        reached = renaming.goOn(change, steps);
      } else if (deletion.goOn(change, steps)) {
        steps.before(change, "done");
        reached =
            DatasetChange.newBuilder(change)
                .setState(ChangeState.DONE)
                .setUpdatedAt(clock.instant())
                .build();
        changes.write(reached);
      }
      if (ChangeLog.isOver(reached)) {
        pending.remove(change.getIncarnation());
        names(change).forEach(gate::open);
        LOG.info(
            "{} of dataset {} is {}", change.getKind(), change.getDataset(), reached.getState());
      } else {
        List<DatasetName> still = names(reached);
        names(change).stream().filter(name -> !still.contains(name)).forEach(gate::open);
      }
      troubles.remove(change.getIncarnation());
    } catch (IOException | RuntimeException e) {
      met(change, e);
    }
  }

  /** Trouble that lasts is told once, and tried again less and less often. */
  private void met(DatasetChange change, Exception e) {
    Trouble before = troubles.get(change.getIncarnation());
    int times = before != null && before.said().equals(e.toString()) ? before.times() + 1 : 0;
    long pause = Math.min(LONGEST_PAUSE_MS, LOOK_MS << Math.min(times, 10));
    troubles.put(
        change.getIncarnation(),
        new Trouble(e.toString(), times, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause)));
    if (times == 0) {
      LOG.warn(
          "{} of dataset {} met trouble; trying again", change.getKind(), change.getDataset(), e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    looks.shutdownNow();
    looks.awaitTermination(10, TimeUnit.SECONDS);
  }
}
