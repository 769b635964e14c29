package dev.lakehouse.ingest.classify.kind;

import java.util.HashMap;
import java.util.Map;

/** The schemes of national numbers by name. */
public final class Schemes {
  private static final Map<String, Double> CHANCES = new HashMap<>();

  static {
    NationalIds.ALL.forEach(id -> CHANCES.put(id.name(), id.chance()));
  }

  private Schemes() {}

  /** How often a random value that is written as this number passes its check. */
  public static double chance(String scheme) {
    return CHANCES.getOrDefault(scheme, 1.0);
  }
}
