package dev.lakehouse.query.cache;

import dev.lakehouse.query.cache.CacheStats.State;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.query.engine.TableMemory;
import dev.lakehouse.query.engine.TableMemory.Held;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.config.CacheConfig;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.name.Nearest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pinned tables. A thread of its own loads them, and again whenever there is a newer state;
 * within the budget, those used last stay. Safe for use by many threads.
 */
public final class HotTables implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HotTables.class);

  /** A table whose files are larger than the budget so many times is not tried. */
  private static final int DENSER = 4;

  private static final long LEAST_PAUSE_MILLIS = 10;

  private final CacheConfig limits;
  private final long budget;
  private final LakeTables tables;
  private final TableMemory memory;
  private final Pins pins;
  private final CacheMetrics metrics;
  private final Clock clock;
  private final Map<DatasetName, HotTable> pinned = new ConcurrentHashMap<>();
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;
  private volatile @Nullable Loading loading;
  private volatile boolean over;

  private record Loading(HotTable table, Stop stop) {}

  private HotTables(
      CacheConfig limits,
      LakeTables tables,
      TableMemory memory,
      Pins pins,
      CacheMetrics metrics,
      Clock clock) {
    this.limits = limits;
    this.budget = memory == TableMemory.NONE ? 0 : limits.bytes();
    this.tables = tables;
    this.memory = memory;
    this.pins = pins;
    this.metrics = metrics;
    this.clock = clock;
    thread = new Thread(this::rounds, "query-cache");
    thread.setDaemon(true);
  }

  /** Begins to load what was pinned before. */
  public static HotTables start(
      CacheConfig limits,
      LakeTables tables,
      TableMemory memory,
      Pins pins,
      CacheMetrics metrics,
      Clock clock) {
    HotTables hot = new HotTables(limits, tables, memory, pins, metrics, clock);
    Instant now = clock.instant();
    if (hot.budget > 0) {
      pins.read().stream()
          .filter(pin -> DatasetName.isLegal(pin.table()))
          .map(pin -> new HotTable(new DatasetName(pin.table()), pin.incarnation(), now))
          .forEach(table -> hot.pinned.put(table.name(), table));
    }
    metrics.watch(hot::usedBytes);
    memory.tell(hot::used);
    hot.thread.start();
    return hot;
  }

  /**
   * Has a table in memory from now on, also after a restart.
   *
   * @param known whether the asker may know of a dataset
   * @throws ProblemException {@code unknown_table}, {@code unsupported_table}, {@code cache_off}
   */
  CacheStats.Table pin(String name, Predicate<DatasetName> known) {
    if (budget == 0) {
      throw Problem.of(
              409,
              "cache_off",
              "Nothing is kept in memory",
              "query.cache_bytes is 0, or the engine keeps no tables")
          .hint("set query.cache_bytes and start again")
          .toException();
    }
    DatasetName dataset = dataset(name, known);
    TableSnapshot newest = tables.newest(dataset).orElseThrow(() -> unknown(name, known));
    HotTable fresh = new HotTable(dataset, newest.incarnation(), clock.instant());
    synchronized (pins) {
      HotTable before = pinned.get(dataset);
      if (before != null && before.incarnation().equals(fresh.incarnation())) {
        before.pinnedAgain(clock.instant());
        fresh = before;
      } else {
        pinned.put(dataset, fresh);
        remember();
      }
    }
    wanted.release();
    return fresh.stats();
  }

  /**
   * Has a table in memory no more. Queries that read it go on to their end.
   *
   * @throws ProblemException {@code not_pinned}
   */
  void evict(String name) {
    HotTable table = DatasetName.isLegal(name) ? pinned.get(new DatasetName(name)) : null;
    if (table == null) {
      throw Problem.of(404, "not_pinned", "The table is not pinned", "'" + name + "' is not pinned")
          .hint("GET /query/cache/stats lists what is")
          .toException();
    }
    forget(table);
  }

  CacheStats stats() {
    List<CacheStats.Table> all =
        pinned.values().stream()
            .map(HotTable::stats)
            .sorted(Comparator.comparing(CacheStats.Table::table))
            .toList();
    return new CacheStats(
        all.stream().mapToLong(CacheStats.Table::bytes).sum(),
        budget,
        all.stream().mapToLong(CacheStats.Table::hits).sum(),
        all.stream().mapToLong(CacheStats.Table::bypasses).sum(),
        all);
  }

  private long usedBytes() {
    return pinned.values().stream().mapToLong(HotTable::bytes).sum();
  }

  private DatasetName dataset(String name, Predicate<DatasetName> known) {
    if (!DatasetName.isLegal(name)) {
      throw unknown(name, known);
    }
    return new DatasetName(name);
  }

  private ProblemException unknown(String name, Predicate<DatasetName> known) {
    return Problem.of(
            404, "unknown_table", "There is no such table", "there is no dataset '" + name + "'")
        .with("table", name)
        .with(
            "nearest",
            Nearest.to(
                name, tables.names().stream().filter(known).map(DatasetName::value).toList(), 3))
        .toException();
  }

  private void remember() {
    pins.write(
        pinned.values().stream()
            .map(table -> new Pins.Pin(table.name().value(), table.incarnation()))
            .toList());
  }

  private void forget(HotTable table) {
    synchronized (pins) {
      if (!pinned.remove(table.name(), table)) {
        return;
      }
      remember();
    }
    Loading now = loading;
    if (now != null && now.table() == table) {
      now.stop()
          .request(Problem.of(409, "evicted", "The table was evicted", "it was evicted meanwhile"));
    }
    memory.evict(table.name());
    wanted.release();
  }

  private void used(TableSnapshot snapshot, boolean fromMemory) {
    HotTable table = pinned.get(snapshot.dataset());
    if (table != null) {
      metrics.used(fromMemory);
      if (table.used(fromMemory, clock.instant())) {
        wanted.release();
      }
    }
  }

  private void rounds() {
    while (!over) {
      try {
        for (HotTable table : pinned.values()) {
          if (!over) {
            look(table);
          }
        }
      } catch (RuntimeException e) {
        LOG.error("pinned tables are not looked at; tried again", e);
      }
      await(memory.free());
    }
  }

  /**
   * Waits until there may be something to do; while something is in memory, not for long.
   *
   * @param clear whether nothing is
   */
  private void await(boolean clear) {
    long pause = Math.max(LEAST_PAUSE_MILLIS, limits.interval().toMillis());
    try {
      if (clear && pinned.isEmpty()) {
        wanted.acquire();
      } else if (!wanted.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
        return;
      }
      wanted.drainPermits();
    } catch (InterruptedException e) {
      over = true;
    }
  }

  private void look(HotTable table) {
    Optional<TableSnapshot> newest;
    try {
      newest = tables.newest(table.name());
    } catch (RuntimeException e) {
      // Nobody can read it now, and what is in memory may be right again later.
      if (table.isNew()) {
        fail(table, e);
      }
      return;
    }
    if (newest.isEmpty() || !newest.get().incarnation().equals(table.incarnation())) {
      forget(table);
    } else if (memory.holds(newest.get())) {
      table.ready();
    } else if (table.wants(newest.get(), clock.instant())) {
      try {
        load(table, newest.get());
      } catch (RuntimeException e) {
        fail(table, e);
      }
    }
  }

  private void fail(HotTable table, RuntimeException e) {
    if (!over && pinned.get(table.name()) == table) {
      LOG.warn("{} is not loaded into memory", table.name(), e);
      memory.evict(table.name());
      String why =
          e instanceof ProblemException known ? known.problem().detail() : "it cannot be read";
      table.gone(State.FAILED, why, null, clock.instant());
    }
  }

  private void load(HotTable table, TableSnapshot snapshot) {
    long files = filesBytes(table.name());
    if (files / DENSER > budget) {
      memory.evict(table.name());
      tooBig(table, snapshot, "its files take " + files + " bytes");
      return;
    }
    table.loading();
    Stop stop = new Stop();
    loading = new Loading(table, stop);
    long started = System.nanoTime();
    try {
      Room room = new Room(table);
      Optional<Held> held = memory.load(snapshot, room, stop);
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      if (held.isPresent()) {
        table.loaded(snapshot, held.get(), clock.instant(), took, limits.interval());
      } else {
        memory.evict(table.name());
        if (room.most > budget) {
          tooBig(table, snapshot, "it takes " + room.most + " bytes and more");
        } else {
          evicted(table);
        }
      }
    } finally {
      loading = null;
      if (pinned.get(table.name()) != table) {
        memory.evict(table.name());
      }
    }
  }

  /** Room for one table, beside what was used since. */
  private final class Room implements TableMemory.Room {
    private final HotTable table;
    private long most;

    Room(HotTable table) {
      this.table = table;
    }

    @Override
    public boolean has(long bytes) {
      most = Math.max(most, bytes);
      while (bytes <= budget) {
        List<HotTable> others =
            pinned.values().stream()
                .filter(other -> other != table && other.bytes() > 0)
                .sorted(Comparator.comparing(HotTable::lastUsed))
                .toList();
        long taken = others.stream().mapToLong(HotTable::bytes).sum();
        if (taken + bytes <= budget) {
          return true;
        }
        HotTable least = others.get(0);
        if (!least.lastUsed().isBefore(table.lastUsed())) {
          return false;
        }
        memory.evict(least.name());
        evicted(least);
        memory.free();
      }
      return false;
    }
  }

  private void evicted(HotTable table) {
    table.gone(
        State.EVICTED,
        "tables that were used since take up query.cache_bytes",
        null,
        clock.instant());
  }

  private void tooBig(HotTable table, TableSnapshot snapshot, String size) {
    table.gone(
        State.TOO_BIG, size + ", and query.cache_bytes is " + budget, snapshot, clock.instant());
  }

  private long filesBytes(DatasetName name) {
    Snapshot current = tables.table(name).map(Table::currentSnapshot).orElse(null);
    return current == null
        ? 0
        : PropertyUtil.propertyAsLong(current.summary(), SnapshotSummary.TOTAL_FILE_SIZE_PROP, 0);
  }

  /** Ends a load under way and waits for that. */
  @Override
  public void close() {
    over = true;
    Loading now = loading;
    if (now != null) {
      now.stop().request(Problem.of(503, "stopping", "The service stops", "the service stops"));
    }
    wanted.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
