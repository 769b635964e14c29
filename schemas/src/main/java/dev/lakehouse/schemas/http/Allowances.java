package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.config.LimitsConfig;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The allowance of each principal that was heard of: those who have a key, so their number is
 * bounded.
 */
final class Allowances {
  private final LimitsConfig limits;
  private final Clock clock;
  private final Map<String, Allowance> known = new ConcurrentHashMap<>();

  Allowances(LimitsConfig limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  Allowance of(String principal) {
    return known.computeIfAbsent(principal, name -> new Allowance(name, limits.of(name), clock));
  }
}
