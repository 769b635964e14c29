package dev.lakehouse.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
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
  /** What can be measured. */
  enum What {
    ingest,
    freshness,
    tables,
    query,
    formats,
    documents,
    catalog,
    all
  }

  @Parameters(description = "One of: ${COMPLETION-CANDIDATES}")
  private What what = What.all;

  @Option(names = "--rows", description = "Rows of the file (default: ${DEFAULT-VALUE})")
  private long rows = 1_000_000;

  @Option(names = "--runs", description = "Counted runs (default: ${DEFAULT-VALUE})")
  private int runs = 5;

  @Option(names = "--tables", description = "Tables fed at once (default: ${DEFAULT-VALUE})")
  private int tables = 200;

  @Option(names = "--pages", description = "Pages of the document (default: ${DEFAULT-VALUE})")
  private int pages = 2_000;

  @Option(
      names = "--snapshots",
      description = "Snapshots of the table with a history (default: ${DEFAULT-VALUE})")
  private int snapshots = 3_600;

  @Option(names = "--work", description = "Where files are made (default: ${DEFAULT-VALUE})")
  private Path work = Path.of(System.getProperty("java.io.tmpdir"), "lakehouse-bench");

  @Override
  public Integer call() throws Exception {
    if (what == What.ingest || what == What.all) {
      try (Stack stack = Stack.start(work)) {
        IngestBench.run(stack, work, rows, runs);
      }
    }
    if (what == What.formats || what == What.all) {
      try (Stack stack = Stack.start(work)) {
        FormatBench.run(stack, work, rows, runs);
      }
    }
    if (what == What.query || what == What.all) {
      try (Stack stack = Stack.start(work)) {
        QueryBench.run(stack, work, rows, runs);
      }
    }
    if (what == What.freshness || what == What.all) {
      try (Stack stack = Stack.start(work)) {
        FreshnessBench.run(stack, runs * 6);
      }
    }
    if (what == What.tables || what == What.all) {
      try (Stack stack = Stack.start(work)) {
        TablesBench.run(stack, tables, runs, 10);
      }
    }
    if (what == What.documents || what == What.all) {
      try (Stack stack = Stack.start(work)) {
        DocumentBench.run(stack, work, pages, runs);
      }
    }
    if (what == What.catalog || what == What.all) {
      try (Stack stack = Stack.start(work)) {
        CatalogBench.run(stack, runs, snapshots);
      }
    }
    return 0;
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
