package dev.lakehouse.ingest.sms;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Optional;

/** Which part of a date stands where. */
enum DateOrder {
  YMD,
  DMY,
  MDY;

  /** Opens a transcript's first lines of messages. */
  interface Source {
    Transcript.Starts open() throws IOException;
  }

  /**
   * The order that a whole transcript has: the one in which its dates exist, then the one in which
   * they run forward, then month first where hours are of twelve, else day first.
   */
  static DateOrder of(Source source) throws IOException {
    Tally dmy = new Tally(DMY);
    Tally mdy = new Tally(MDY);
    boolean american = false;
    try (Transcript.Starts starts = source.open()) {
      for (Optional<TranscriptLine> line = starts.next(); line.isPresent(); line = starts.next()) {
        if (!line.get().yearFirst()) {
          american |= line.get().american();
          dmy.look(line.get());
          mdy.look(line.get());
        }
      }
    }
    if (dmy.wrong != mdy.wrong) {
      return dmy.wrong < mdy.wrong ? DMY : MDY;
    } else if (dmy.backward != mdy.backward) {
      return dmy.backward < mdy.backward ? DMY : MDY;
    }
    return american ? MDY : DMY;
  }

  /** How a transcript's dates look in one order. */
  private static final class Tally {
    private final DateOrder order;
    private long wrong;
    private long backward;
    private LocalDateTime last = LocalDateTime.MIN;

    Tally(DateOrder order) {
      this.order = order;
    }

    void look(TranscriptLine line) {
      Optional<LocalDateTime> time = line.time(order);
      if (time.isEmpty()) {
        wrong++;
        return;
      }
      backward += time.get().isBefore(last) ? 1 : 0;
      last = time.get();
    }
  }
}
