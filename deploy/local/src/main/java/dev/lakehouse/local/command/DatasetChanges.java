package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Follows a rename or a deletion to its end. */
final class DatasetChanges {
  private static final long LOOK_MS = 500;

  private DatasetChanges() {}

  /** Waits, says what it waits for, and how it ended. */
  static int untilOver(ApiClient client, Answers.Change asked, String done, CommandLine command)
      throws InterruptedException {
    PrintWriter out = command.getOut();
    Answers.Change change = asked;
    String said = "";
    while (!change.isOver()) {
      String reason = change.reason() == null ? "" : change.reason();
      if (!reason.equals(said)) {
        out.println(reason);
        out.flush();
        said = reason;
      }
      Thread.sleep(LOOK_MS);
      change =
          client.changes().changes().stream()
              .filter(
                  each ->
                      each.dataset().equals(asked.dataset()) && each.kind().equals(asked.kind()))
              .findFirst()
              .orElse(asked);
    }
    if (change.state().equals("given_up")) {
      command.getErr().println("lakehouse: it was given up: " + change.reason());
      command.getErr().flush();
      return ExitCode.FAILED;
    }
    out.println(change.reason() == null ? done : change.reason());
    out.flush();
    return ExitCode.OK;
  }
}
