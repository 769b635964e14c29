package dev.lakehouse.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks' command line. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the product beside its peers, in one run, and prints Markdown tables.")
final class Bench implements Callable<Integer> {
  /** What can be measured on a product that was started for it. */
  enum What {
    ingest,
    formats,
    query,
    tpch,
    freshness,
    tables,
    classify,
    documents,
    disk,
    catalog,
    maintain,
    policy
  }

  @Parameters(arity = "0..*", description = "Any of: ${COMPLETION-CANDIDATES} (default: all)")
  private List<What> what = List.of();

  @Option(names = "--rows", description = "Rows of the file (default: ${DEFAULT-VALUE})")
  private long rows = 1_000_000;

  @Option(names = "--runs", description = "Counted runs (default: ${DEFAULT-VALUE})")
  private int runs = 5;

  @Option(names = "--tables", description = "Tables fed at once (default: ${DEFAULT-VALUE})")
  private int tables = 200;

  @Option(names = "--pages", description = "Pages of the document (default: ${DEFAULT-VALUE})")
  private int pages = 2_000;

  @Option(names = "--scale", description = "TPC-H's scale factor (default: ${DEFAULT-VALUE})")
  private double scale = 1;

  @Option(
      names = "--snapshots",
      description = "Snapshots of the table with a history (default: ${DEFAULT-VALUE})")
  private int snapshots = 3_600;

  @Option(
      names = "--commits",
      description = "Small commits of the table that is maintained (default: ${DEFAULT-VALUE})")
  private int commits = 20_000;

  @Option(names = "--work", description = "Where files are made (default: ${DEFAULT-VALUE})")
  private Path work = Path.of(System.getProperty("java.io.tmpdir"), "lakehouse-bench");

  @Option(
      names = "--pollock",
      description = "A checkout of the Pollock benchmark's repository, to read its CSV files")
  private @Nullable Path pollock;

  @Option(
      names = "--trino",
      description =
          "Where Trino is unpacked, to measure it beside (default: where the build unpacked it)")
  private Path trino =
      Path.of(System.getProperty("lakehouse.root", "."), "query-service", "target", "trino");

  @Override
  public Integer call() throws Exception {
    if (pollock != null) {
      PollockBench.run(pollock, "polluted_files");
      PollockBench.run(pollock, "survey_sample");
    }
    for (What each : what.isEmpty() && pollock == null ? List.of(What.values()) : what) {
      String settings =
          switch (each) {
            case maintain -> MaintainBench.SETTINGS;
            case policy -> PolicyBench.SETTINGS;
            default -> "";
          };
      String key = each == What.policy ? PolicyBench.ADMIN : "";
      try (Stack stack = Stack.start(work, settings, key)) {
        measure(each, stack);
      }
    }
    return 0;
  }

  private void measure(What what, Stack stack) throws Exception {
    switch (what) {
      case ingest -> IngestBench.run(stack, work, rows, runs);
      case formats -> FormatBench.run(stack, work, rows, runs);
      case query -> QueryBench.run(stack, work, rows, runs);
      case tpch -> TpchBench.run(stack, work, scale, runs, trino);
      case freshness -> FreshnessBench.run(stack, runs * 6);
      case tables -> TablesBench.run(stack, tables, runs, 10);
      case classify -> ClassifyBench.run(stack, work, rows, runs);
      case documents -> DocumentBench.run(stack, work, pages, runs);
      case disk -> DiskBench.run(stack, work, rows);
      case catalog -> CatalogBench.run(stack, runs, snapshots);
      case maintain -> MaintainBench.run(stack, commits, runs);
      case policy -> PolicyBench.run(stack, work, rows / 10, runs);
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
