package dev.lakehouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measurements of one thing, in milliseconds. */
final class Samples {
  private final List<Double> millis = new ArrayList<>();

  /** Adds what has passed since {@code startNanos}, and returns it in milliseconds. */
  double since(long startNanos) {
    double passed = (System.nanoTime() - startNanos) / 1e6;
    millis.add(passed);
    return passed;
  }

  void add(double value) {
    millis.add(value);
  }

  void addAll(Samples others) {
    millis.addAll(others.millis);
  }

  int count() {
    return millis.size();
  }

  double median() {
    return percentile(50);
  }

  /** The value that {@code percent} of the samples do not exceed (nearest rank). */
  double percentile(double percent) {
    if (millis.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Double> sorted = millis.stream().sorted().toList();
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** Median with the least and the most, as text. */
  String text() {
    return String.format(Locale.ROOT, "%.0f (%.0f–%.0f)", median(), percentile(0), percentile(100));
  }
}
