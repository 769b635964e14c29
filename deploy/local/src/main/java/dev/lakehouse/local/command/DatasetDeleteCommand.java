package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse datasets delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Deletes a dataset with its table, its topic, its schemas and its uploads.",
    footer = {"", "Says what would be gone, and asks. There is no way back."})
public final class DatasetDeleteCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Parameters(paramLabel = "NAME", description = "The dataset.")
  String name = "";

  @Option(names = "--yes", description = "Does not ask.")
  boolean yes;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = server.client();
    String confirm = "";
    while (true) {
      try {
        return DatasetChanges.untilOver(
            client, client.delete(name, confirm), name + " is deleted", spec.commandLine());
      } catch (ApiException asked) {
        if (asked.confirm().isEmpty()) {
          throw asked;
        }
        out.println(asked.getMessage());
        out.flush();
        if (!yes && !isMeant()) {
          out.println("nothing was deleted");
          out.flush();
          return ExitCode.FAILED;
        }
        confirm = asked.confirm();
      }
    }
  }

  private boolean isMeant() {
    Console console = System.console();
    String typed =
        console == null ? null : console.readLine("Type the dataset's name to delete it: ");
    if (typed == null) {
      throw new ParameterException(
          spec.commandLine(), "there is no terminal to ask on; say --yes if it is meant");
    }
    return name.equals(typed);
  }
}
