package dev.lakehouse.query.cache;

import dev.lakehouse.query.cache.CacheStats.State;
import dev.lakehouse.query.engine.TableMemory.Held;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.name.DatasetName;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of one pinned table. Safe for use by many threads. */
final class HotTable {
  /** After a load there is none for so many times its time. */
  private static final int SPARED = 9;

  /** What had to go, or failed, is not loaded again sooner, however much it is used. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Held NOTHING = new Held(0, 0);

  private final DatasetName name;
  private final String incarnation;
  private final Instant pinnedAt;
  private State state = State.LOADING;
  private @Nullable String detail;
  private @Nullable TableSnapshot loaded;
  private @Nullable TableSnapshot refused;
  private Held held = NOTHING;
  private Instant lastUsed;
  private boolean used;
  private boolean usedSince;
  private Instant notBefore = Instant.MIN;
  private @Nullable Instant loadedAt;
  private @Nullable Duration took;
  private long hits;
  private long bypasses;

  HotTable(DatasetName name, String incarnation, Instant pinnedAt) {
    this.name = name;
    this.incarnation = incarnation;
    this.pinnedAt = pinnedAt;
    this.lastUsed = pinnedAt;
  }

  DatasetName name() {
    return name;
  }

  String incarnation() {
    return incarnation;
  }

  /** When it was last used, or else pinned. */
  synchronized Instant lastUsed() {
    return lastUsed;
  }

  synchronized long bytes() {
    return held.bytes();
  }

  /** Notes a use; says whether it should be looked at for it. */
  synchronized boolean used(boolean fromMemory, Instant now) {
    lastUsed = now;
    used = true;
    usedSince = true;
    if (fromMemory) {
      hits++;
    } else {
      bypasses++;
    }
    return !fromMemory && !now.isBefore(notBefore);
  }

  /** It is to be loaded as if it had just been pinned, whatever became of it before. */
  synchronized void pinnedAgain(Instant now) {
    lastUsed = now;
    if (loaded == null) {
      state = State.LOADING;
      detail = null;
      notBefore = Instant.MIN;
    }
  }

  /** Whether this state, which is not in memory, is to be loaded now. */
  synchronized boolean wants(TableSnapshot newest, Instant now) {
    boolean again = refused != null && newest.isStateOf(refused);
    boolean wants =
        !now.isBefore(notBefore)
            && switch (state) {
              case TOO_BIG -> !again;
              case EVICTED -> usedSince;
              case LOADING, READY, STALE, FAILED -> true;
            };
    if (!wants && state == State.READY) {
      state = State.STALE;
    }
    return wants;
  }

  synchronized void loading() {
    state = loaded == null ? State.LOADING : State.STALE;
    usedSince = false;
  }

  /** Whether it waits to be loaded for the first time. */
  synchronized boolean isNew() {
    return state == State.LOADING;
  }

  /** Its newest state is in memory. */
  synchronized void ready() {
    if (state == State.STALE) {
      state = State.READY;
    }
  }

  /** It was loaded within a time. */
  synchronized void loaded(
      TableSnapshot snapshot, Held now, Instant at, Duration within, Duration interval) {
    state = State.READY;
    detail = null;
    loaded = snapshot;
    refused = null;
    held = now;
    loadedAt = at;
    took = within;
    Duration spared = within.multipliedBy(SPARED);
    notBefore = at.plus(spared.compareTo(interval) < 0 ? interval : spared);
  }

  /** There is nothing of it in memory (any more). */
  synchronized void gone(State as, String why, @Nullable TableSnapshot snapshot, Instant at) {
    state = as;
    detail = why;
    loaded = null;
    held = NOTHING;
    refused = snapshot;
    usedSince = false;
    notBefore = at.plus(PAUSE);
  }

  synchronized CacheStats.Table stats() {
    return new CacheStats.Table(
        name.value(),
        state,
        detail,
        loaded == null || loaded.snapshotId() == null
            ? null
            : Objects.toString(loaded.snapshotId()),
        held.rows(),
        held.bytes(),
        hits,
        bypasses,
        pinnedAt,
        used ? lastUsed : null,
        loadedAt,
        took == null ? null : took.toMillis());
  }
}
