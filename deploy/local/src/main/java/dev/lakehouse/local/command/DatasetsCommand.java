package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lakehouse datasets}. */
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    description = "Lists the datasets; shows, declares, renames or deletes one.",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {
      DatasetShowCommand.class,
      DatasetCreateCommand.class,
      DatasetRenameCommand.class,
      DatasetDeleteCommand.class
    })
public final class DatasetsCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = server.client();
    TextTable table =
        new TextTable(
            List.of("dataset", "rows", "bytes", "columns", "keys", "newest rows"),
            List.of(false, true, true, true, false, false));
    @Nullable String after = "";
    while (after != null) {
      Answers.Datasets page = client.datasets(after);
      page.datasets()
          .forEach(
              each ->
                  table.add(
                      List.of(
                          each.name(),
                          number(each.rows()),
                          number(each.bytes()),
                          Integer.toString(each.columns().size()),
                          String.join(", ", each.keys()),
                          each.updatedAt() == null ? "" : each.updatedAt())));
      after = page.nextCursor();
    }
    out.print(table);
    out.flush();
    return ExitCode.OK;
  }

  /** Numbers that a policy hides are not known. */
  private static String number(@Nullable Long number) {
    return number == null ? "?" : Long.toString(number);
  }
}
