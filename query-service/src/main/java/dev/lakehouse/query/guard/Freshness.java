package dev.lakehouse.query.guard;

import java.time.Duration;

/** When a dataset that is made of a query is made again. */
public sealed interface Freshness {
  /** Never: it is an ordinary dataset once it is filled. */
  record Once() implements Freshness {}

  /** When somebody asks for it. */
  record OnDemand() implements Freshness {}

  /**
   * Again and again.
   *
   * @param period from one start to the next
   */
  record Every(Duration period) implements Freshness {}

  /** When rows were committed to a dataset that the query reads. */
  record OnCommit() implements Freshness {}
}
