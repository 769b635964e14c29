package dev.lakehouse.jobs.land;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** The log, read again where the table and a writer disagree. */
public interface LogReader extends AutoCloseable {
  /** Takes records, in the order of their offsets. */
  @FunctionalInterface
  interface Sink {
    void take(LogRecord record) throws IOException, StoppedException;
  }

  /**
   * A topic as it is now.
   *
   * @param id the broker's id for it; one made anew has another
   * @param partitions partition → the first offset there is, and the one after the last committed
   */
  record TopicState(String id, Map<Integer, Range> partitions) {}

  /** The given topics' ids, without those that do not exist. */
  Map<String, String> ids(Collection<String> topics);

  /** The given topics' states, without those that do not exist. */
  Map<String, TopicState> states(Collection<String> topics);

  /** All topics there are, without the broker's own. */
  Collection<String> topics();

  /**
   * Passes the committed records of a range to the sink; markers and aborted records leave holes.
   *
   * @param most stops after about so many records
   * @return where to go on: the range's end, or an earlier offset if there were too many records
   * @throws StoppedException with code {@code offset_gap} if the log starts behind the range's
   *     start
   */
  long read(String topic, int partition, Range range, int most, Sink sink)
      throws IOException, StoppedException;

  @Override
  void close();
}
