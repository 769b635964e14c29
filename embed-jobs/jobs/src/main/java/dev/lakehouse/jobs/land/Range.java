package dev.lakehouse.jobs.land;

import java.io.Serializable;

/**
 * Offsets of one partition.
 *
 * @param start the first
 * @param end the one after the last
 */
public record Range(long start, long end) implements Serializable {
  public boolean isEmpty() {
    return start >= end;
  }
}
