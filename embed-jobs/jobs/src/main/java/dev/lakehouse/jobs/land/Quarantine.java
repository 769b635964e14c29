package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.event.Quarantined;

/** Where records go that cannot become rows. */
public interface Quarantine extends AutoCloseable {
  /** Hands a record over; it is safe only after {@link #flush}. */
  void add(Quarantined record);

  /** Returns once everything handed over is kept. */
  void flush();

  @Override
  void close();
}
