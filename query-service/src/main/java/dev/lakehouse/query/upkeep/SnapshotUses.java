package dev.lakehouse.query.upkeep;

import dev.lakehouse.query.table.TableSnapshot;

/** Where it is said which snapshots are read, so that they are kept. Safe for many threads. */
public interface SnapshotUses extends AutoCloseable {
  /** Nobody is told. */
  SnapshotUses NONE =
      new SnapshotUses() {
        @Override
        public void newest(TableSnapshot table) {}

        @Override
        public void past(TableSnapshot table) {}

        @Override
        public void close() {}
      };

  /**
   * A query reads the newest snapshot of a table. It is kept for a while anyway, so nobody waits
   * until this is told.
   */
  void newest(TableSnapshot table);

  /**
   * A query is about to read an older snapshot, which might be on its way out. Returns once it is
   * told that it is read, or after a moment without.
   */
  void past(TableSnapshot table);

  @Override
  void close();
}
