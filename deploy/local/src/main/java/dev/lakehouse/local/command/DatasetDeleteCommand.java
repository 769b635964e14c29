package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
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
        if (!yes && !isMeant(out)) {
          out.println("nothing was deleted");
          out.flush();
          return ExitCode.FAILED;
        }
        confirm = asked.confirm();
      }
    }
  }

  private boolean isMeant(PrintWriter out) {
    out.print("Type the dataset's name to delete it: ");
    out.flush();
    try {
      String typed =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      if (typed == null) {
        throw new ParameterException(
            spec.commandLine(), "there is nobody to ask; say --yes if it is meant");
      }
      return name.equals(typed.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
