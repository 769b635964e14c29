package dev.lakehouse.local.command;

import dev.lakehouse.local.process.Lakehouse;
import java.io.PrintWriter;

/** Says where a started lakehouse is. */
final class ReadyLines {
  private ReadyLines() {}

  static void print(PrintWriter out, Lakehouse lakehouse) {
    out.println("The lakehouse is ready at " + lakehouse.url());
    lakehouse.ports().forEach((part, port) -> out.printf("  %-9s port %d%n", part, port));
    out.println("  data      " + lakehouse.config().data().path());
    out.flush();
  }
}
