package dev.lakehouse.query.sql;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same work again and again on a thread of its own, and ends by itself. */
final class Warming implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Warming.class);
  private static final int ROUNDS = 200;
  private static final long MOST_NANOS = 1_000_000_000L;

  private final Thread thread;
  private volatile boolean over;

  Warming(Runnable round) {
    thread = new Thread(() -> rounds(round), "query-warming");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void rounds(Runnable round) {
    long end = System.nanoTime() + MOST_NANOS;
    for (int i = 0; i < ROUNDS && !over && System.nanoTime() - end < 0; i++) {
      try {
        round.run();
      } catch (RuntimeException e) {
        LOG.info("warming up ends early", e);
        return;
      }
    }
  }

  /** Waits for the round under way. */
  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
