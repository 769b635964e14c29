package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse undo}. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = "Takes the rows of an ingest out of its table and waits until they are.")
public final class UndoCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Where the rows are; for events that were sent without an Idempotency-Key.")
  @Nullable String dataset;

  @Parameters(paramLabel = "ID", description = "The ingest.")
  String id = "";

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = server.client();
    client.undo(id, dataset);
    Answers.Ingest ingest = Waiting.untilEnded(client, id, rows -> {});
    out.println(id + " of lake." + ingest.dataset() + " is " + ingest.state());
    out.flush();
    return ingest.state().equals("undone") ? ExitCode.OK : ExitCode.FAILED;
  }
}
