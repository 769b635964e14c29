package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.event.LandingStatus;
import java.util.Optional;

/** Where everybody sees whether a dataset's landing runs. */
public interface StatusBoard extends AutoCloseable {
  /** What was last said of a dataset. */
  Optional<LandingStatus> last(String dataset);

  /** Says it to everybody; does not wait until they have heard. */
  void publish(LandingStatus status);

  @Override
  void close();
}
