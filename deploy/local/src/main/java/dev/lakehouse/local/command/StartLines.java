package dev.lakehouse.local.command;

import dev.lakehouse.local.process.StartListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints a line for each part as it starts. */
final class StartLines implements StartListener {
  private final PrintWriter out;
  private final FirstKey firstKey;

  StartLines(PrintWriter out, FirstKey firstKey) {
    this.out = out;
    this.firstKey = firstKey;
  }

  @Override
  public void waitingFor(List<String> parts) {
    out.println("Starting " + String.join(", ", parts) + " …");
    out.flush();
  }

  @Override
  public void started(String part, String where, Duration took) {
    out.printf(Locale.ROOT, "  %-9s ready after %4.1f s  %s%n", part, took.toMillis() / 1e3, where);
    out.flush();
  }

  @Override
  public void firstKey(String principal, String key) {
    firstKey.tell(principal, key, out);
  }
}
