package dev.lakehouse.query.sql;

/** Does the same work again and again on a thread of its own, and ends by itself. */
final class Warming implements AutoCloseable {
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
      round.run();
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
