package dev.lakehouse.schemas.config;

import java.io.Serializable;

/**
 * How much a principal may ask for; 0 is as much as it likes.
 *
 * @param requestsPerSecond on average; ten times as many at once
 * @param concurrentQueries queries that run or wait at once
 * @param returnedPerMinute bytes that its queries are answered with
 * @param uploadBytes the largest file or body of events
 * @param uploadedPerMinute bytes of files and events
 */
public record Quota(
    long requestsPerSecond,
    long concurrentQueries,
    long returnedPerMinute,
    long uploadBytes,
    long uploadedPerMinute)
    implements Serializable {
  /** As much as one likes. */
  public static final Quota NONE = new Quota(0, 0, 0, 0, 0);
}
