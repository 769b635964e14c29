package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ResultFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      description = "table, csv or json (default: table).")
  ResultFormat format = ResultFormat.TABLE;

  @Parameters(paramLabel = "SQL", arity = "1..*", description = "One SELECT statement, in quotes.")
  List<String> sql = List.of();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (sql.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "the SQL came in " + sql.size() + " pieces; put it in quotes");
    }
    if (sql.get(0).isBlank()) {
      throw new ParameterException(spec.commandLine(), "the SQL is empty");
    }
    format.print(server.client().sql(sql.get(0)), out);
    out.flush();
    return ExitCode.OK;
  }
}
