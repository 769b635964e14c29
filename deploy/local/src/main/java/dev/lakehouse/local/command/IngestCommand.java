package dev.lakehouse.local.command;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse ingest}. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "Uploads files and waits until their rows can be queried.",
    footer = {
      "",
      "Ends with 1 if a file was not taken. Rows that do not fit their table are kept in",
      "quarantine and counted; they are no failure."
    })
public final class IngestCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Where the rows go (default: from each file's name).")
  @Nullable String dataset;

  @Option(
      names = "--again",
      paramLabel = "ID",
      description =
          "Reads the file of this ingest again from the object store, in place of its former"
              + " rows; instead of FILE.")
  @Nullable String again;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "What to upload.")
  List<Path> files = List.of();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (files.isEmpty() == (again == null)) {
      throw new ParameterException(spec.commandLine(), "name files, or an ingest with --again");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ApiClient client = server.client();
    int failed = 0;
    if (again != null) {
      failed = again(client, again, out, err) ? 0 : 1;
    }
    for (Path file : files) {
      try {
        String unfit = unfit(file);
        if (!unfit.isEmpty()) {
          err.println(file + ": " + unfit);
          failed++;
          continue;
        }
        failed += take(client, file, out, err) ? 0 : 1;
      } catch (ApiException e) {
        if (e.kind() == ApiException.Kind.UNREACHABLE) {
          throw e;
        }
        failed++;
        err.println(
            file + ": " + e.getMessage() + (e.hint().isEmpty() ? "" : "\n  hint: " + e.hint()));
      }
    }
    out.flush();
    err.flush();
    return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Why a file cannot be uploaded; empty if it can. */
  private static String unfit(Path file) {
    if (!Files.exists(file)) {
      return "no such file";
    }
    if (Files.isDirectory(file)) {
      return "is a directory; name its files";
    }
    return Files.isReadable(file) ? "" : "may not be read";
  }

  private boolean take(ApiClient client, Path file, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    long began = System.nanoTime();
    try (IngestBar bar = IngestBar.over(file)) {
      Answers.Accepted accepted = client.upload(file, dataset, bar::sent);
      Answers.Ingest ingest = Waiting.untilEnded(client, accepted.ingestId(), bar::rows);
      bar.close();
      boolean there = accepted.state().equals("duplicate");
      return tell(file + (there ? " is there already: " : " → "), ingest, began, out, err);
    }
  }

  private static boolean again(ApiClient client, String id, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    long began = System.nanoTime();
    Answers.Accepted accepted = client.readAgain(id);
    Answers.Ingest ingest = Waiting.untilEnded(client, accepted.id(), rows -> {});
    return tell(id + " again, as " + accepted.id() + " → ", ingest, began, out, err);
  }

  private static boolean tell(
      String what, Answers.Ingest ingest, long began, PrintWriter out, PrintWriter err) {
    double seconds = (System.nanoTime() - began) / 1e9;
    if (!ingest.state().equals("done")) {
      err.println(
          what
              + ingest.state()
              + (ingest.error() == null ? "" : ": " + ingest.error().inOneLine()));
      return false;
    }
    out.println(
        what
            + "lake."
            + ingest.dataset()
            + "  "
            + counted(ingest.rows().landed())
            + String.format(Locale.ROOT, "  (%.1f s)", seconds));
    if (ingest.rows().quarantined() > 0) {
      out.println(
          "  "
              + counted(ingest.rows().quarantined())
              + " in quarantine: lakehouse quarantine "
              + ingest.id());
    }
    return true;
  }

  private static String counted(long rows) {
    return String.format(Locale.ROOT, rows == 1 ? "%,d row" : "%,d rows", rows);
  }
}
