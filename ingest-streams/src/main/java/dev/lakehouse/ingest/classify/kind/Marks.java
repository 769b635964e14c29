package dev.lakehouse.ingest.classify.kind;

import java.util.List;

/**
 * What a recogniser saw in one value.
 *
 * @param signals the bits of the {@link Signal}s
 * @param schemes names of the national numbers it satisfies
 * @param year of a date or a year, else 0
 * @param region the country where a bare number is a valid phone number, as a bit per country tried
 * @param number of a number, else NaN
 */
public record Marks(long signals, List<String> schemes, int year, long region, double number) {
  /** Whether the value has a signal. */
  public boolean has(Signal signal) {
    return (signals & signal.bit()) != 0;
  }
}
