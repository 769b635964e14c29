package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.event.Quarantined;
import java.util.concurrent.Future;

/** Where records go that cannot become rows. */
public interface Quarantine extends AutoCloseable {
  /**
   * Hands a record over.
   *
   * @return done once the record is kept, or failed if it could not be; {@link #flush} hurries it
   */
  Future<?> add(Quarantined record);

  /** Returns once it is decided of everything handed over whether it is kept. */
  void flush();

  @Override
  void close();
}
