package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lakehouse policy explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what the policies say of a dataset: to whom a key belongs, or, for who may manage",
      "everything, to any principal."
    },
    footer = {"", "Example: lakehouse policy explain --as KEY --table orders"})
public final class PolicyExplainCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Option(
      names = "--as",
      paramLabel = "KEY",
      description = "Whose key it is about (default: LAKEHOUSE_API_KEY).")
  @Nullable String key;

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description = "About this principal; the key must be of who manages everything.")
  @Nullable String principal;

  @Option(names = "--table", required = true, paramLabel = "NAME", description = "The dataset.")
  String table = "";

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Answers.Policy told = server.client(key).policy(table, principal);
    out.println(
        told.principal()
            + " on "
            + told.dataset()
            + ", policy "
            + told.policy()
            + ": "
            + (told.grants().isEmpty() ? "nothing" : String.join(", ", told.grants()))
            + (told.rowFilter() ? "; some rows only" : ""));
    if (told.filters() != null) {
      told.filters().forEach(filter -> out.println("  rows where " + filter));
    }
    if (!told.columns().isEmpty()) {
      out.println();
      TextTable columns =
          new TextTable(
              List.of("column", "type", "is", "because"), List.of(false, false, false, false));
      told.columns()
          .forEach(
              each ->
                  columns.add(List.of(each.name(), each.type(), each.effect(), each.because())));
      out.print(columns);
    }
    out.flush();
    return ExitCode.OK;
  }
}
