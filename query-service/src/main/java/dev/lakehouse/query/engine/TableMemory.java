package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.name.DatasetName;
import java.util.Optional;

/**
 * Whole tables in the engine's own memory. A query that asks for exactly the state that is held is
 * answered from there, every other one from the files. One thread loads; everything else is safe
 * for use by many.
 */
public interface TableMemory {
  /** That of an engine which keeps nothing. */
  TableMemory NONE =
      new TableMemory() {
        @Override
        public void tell(Uses uses) {}

        @Override
        public boolean holds(TableSnapshot table) {
          return false;
        }

        @Override
        public Optional<Held> load(TableSnapshot table, Room room, Stop stop) {
          return Optional.empty();
        }

        @Override
        public void evict(DatasetName dataset) {}

        @Override
        public boolean free() {
          return true;
        }
      };

  /** Is told of each table of each query; must not take long. */
  @FunctionalInterface
  interface Uses {
    /**
     * A query is about to read a table.
     *
     * @param fromMemory whether it reads what is held here
     */
    void used(TableSnapshot table, boolean fromMemory);
  }

  /** Says how much there is room for. */
  @FunctionalInterface
  interface Room {
    /** Whether the table that is being loaded may have so many bytes. */
    boolean has(long bytes);
  }

  /** What a table takes. */
  record Held(long rows, long bytes) {}

  /** Whom to tell of uses, from now on. */
  void tell(Uses uses);

  /** Whether exactly this state is held. */
  boolean holds(TableSnapshot table);

  /**
   * Reads a table's rows and holds them in place of what was held of it. If the table has but got
   * further files since, these alone are read. Queries go on meanwhile.
   *
   * @param room asked again and again while rows are read; may evict other tables
   * @param stop ends it early, with nothing held
   * @return empty if there is no room; what was held before may be held still
   * @throws dev.lakehouse.schemas.http.ProblemException if the table cannot be read, or on {@code
   *     stop}
   */
  Optional<Held> load(TableSnapshot table, Room room, Stop stop);

  /** Holds a table no more. Queries that read it go on to their end, and then it is freed. */
  void evict(DatasetName dataset);

  /**
   * Frees what no query reads any more; called by the thread that loads.
   *
   * @return whether nothing is left
   */
  boolean free();
}
