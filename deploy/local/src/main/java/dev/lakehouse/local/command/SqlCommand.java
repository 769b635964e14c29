package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ResultFormat;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse sql}. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = "Asks a question in SQL and prints the answer.",
    footer = {"", "Example: lakehouse sql \"SELECT count(*) FROM lake.orders\""})
public final class SqlCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: table).")
  ResultFormat format = ResultFormat.TABLE;

  @Parameters(paramLabel = "SQL", description = "One SELECT statement.")
  String sql = "";

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    format.print(server.client().sql(sql), out);
    out.flush();
    return ExitCode.OK;
  }
}
