package dev.lakehouse.query.engine;

import java.time.Duration;
import java.util.List;

/** Executes guarded queries. Safe for use by many threads. */
public interface QueryEngine extends AutoCloseable {
  /**
   * Starts a query; returns when its first rows, or their absence, are known.
   *
   * @param stop ends it from outside, at any stage
   * @throws dev.lakehouse.schemas.http.ProblemException whatever is wrong with the query
   */
  Rows run(EngineQuery query, Stop stop);

  /**
   * Starts a query whose answer comes in batches of columns.
   *
   * @param stop ends it from outside, at any stage
   * @throws dev.lakehouse.schemas.http.ProblemException whatever is wrong with the query
   */
  Batches batches(EngineQuery query, Stop stop);

  /**
   * How the engine would carry a query out, a line for each step; names no file.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException whatever is wrong with the query
   */
  List<String> plan(EngineQuery query, Stop stop);

  /** Tables in its own memory. */
  default TableMemory memory() {
    return TableMemory.NONE;
  }

  /**
   * Answers if the engine works.
   *
   * @throws RuntimeException if it does not, or not within the time
   */
  void check(Duration within);

  @Override
  void close();
}
