package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse datasets show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a dataset: its columns, whether they may be personal, and its layout.")
public final class DatasetShowCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Parameters(paramLabel = "NAME", description = "The dataset.")
  String name = "";

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Answers.Described dataset = server.client().dataset(name);
    out.println(
        dataset.rows() == null
            ? dataset.name() + ": you see some of its rows"
            : dataset.name()
                + ": "
                + dataset.rows()
                + " rows, "
                + dataset.bytes()
                + " bytes, "
                + dataset.quarantined()
                + " records quarantined");
    line(out, "keys", String.join(", ", dataset.keys()));
    line(
        out,
        "partitioned by",
        dataset.partitions().stream()
            .map(each -> each.column() + " (" + each.transform() + ")")
            .collect(Collectors.joining(", ")));
    line(
        out,
        "sorted by",
        dataset.sortOrder().stream()
            .map(each -> each.column() + " " + each.direction() + " nulls " + each.nulls())
            .collect(Collectors.joining(", ")));
    out.println();
    TextTable columns =
        new TextTable(
            List.of("column", "type", "null", "personal data"),
            List.of(false, false, false, false));
    dataset
        .columns()
        .forEach(
            column ->
                columns.add(
                    List.of(
                        column.name(),
                        column.type(),
                        column.nullable() ? "" : "never",
                        personal(column.sensitivity()))));
    out.print(columns);
    out.flush();
    return ExitCode.OK;
  }

  private static String personal(Answers.Sensitivity sensitivity) {
    return sensitivity.state().equals("sensitive") && sensitivity.kind() != null
        ? sensitivity.state() + " (" + sensitivity.kind() + ")"
        : sensitivity.state();
  }

  private static void line(PrintWriter out, String what, String value) {
    if (!value.isEmpty()) {
      out.println("  " + what + ": " + value);
    }
  }
}
