package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse quarantine}. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = "Shows what could not be used of an ingest, or tries it again.",
    footer = {
      "",
      "Rows are corrected by POST /ingest/{id}/quarantine/replay. With --replay it ends with 1 if",
      "some still do not fit."
    })
public final class QuarantineCommand implements Callable<Integer> {
  private static final int SHOWN = 100;

  @Mixin ClientOptions server = new ClientOptions();

  @Option(names = "--replay", description = "Tries all entries again, as they are.")
  boolean replay;

  @Parameters(paramLabel = "ID", description = "The ingest.")
  String id = "";

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ApiClient client = server.client();
    int status = replay ? replay(client, out) : show(client, out);
    out.flush();
    return status;
  }

  private int show(ApiClient client, PrintWriter out) {
    Answers.Entries page = client.quarantine(id, SHOWN);
    TextTable table =
        new TextTable(
            List.of("entry", "row", "code", "reason", "raw"),
            List.of(false, true, false, false, false));
    page.items()
        .forEach(
            entry ->
                table.add(
                    List.of(
                        entry.entry(),
                        entry.row() == null ? "" : entry.row().toString(),
                        entry.code(),
                        entry.reason(),
                        TextTable.shown(entry.raw() == null ? "" : entry.raw()))));
    out.print(table);
    if (page.cursor() != null) {
      out.println("and more: " + client.url() + "/ingest/" + id + "/quarantine");
    }
    return ExitCode.OK;
  }

  private int replay(ApiClient client, PrintWriter out) {
    long replayed = 0;
    long kept = 0;
    @Nullable String cursor = null;
    do {
      Answers.Replay answer = client.replayAll(id, cursor);
      replayed += answer.replayed();
      kept += answer.kept();
      answer
          .results()
          .forEach(result -> out.println(result.entry() + " is kept: " + result.detail()));
      cursor = answer.cursor();
    } while (cursor != null);
    out.printf(Locale.ROOT, "%,d rows were replayed, %,d are kept%n", replayed, kept);
    return kept == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
