package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ApiClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse datasets rename}. */
@Command(
    name = "rename",
    mixinStandardHelpOptions = true,
    description = "Gives a dataset another name: its table, its topic and its schemas.",
    footer = {"", "Waits until all of it has landed; meanwhile it takes no new records."})
public final class DatasetRenameCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Parameters(index = "0", paramLabel = "NAME", description = "The dataset.")
  String name = "";

  @Parameters(index = "1", paramLabel = "NEW", description = "Its new name.")
  String to = "";

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    ApiClient client = server.client();
    return DatasetChanges.untilOver(
        client, client.rename(name, to), name + " is now " + to, spec.commandLine());
  }
}
