package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What classification costs of an ingest: processor time of its threads beside that of the whole
 * process, from the upload until every row is queryable and every column is classified.
 */
final class ClassifyBench {
  private static final Pattern CLASSIFY =
      Pattern.compile("(?m)^lakehouse_classify_cpu_seconds_total(?:\\{.*})? (\\S+)$");
  private static final Pattern PROCESS =
      Pattern.compile("(?m)^process_cpu_time_ns_total(?:\\{.*})? (\\S+)$");
  private static final int POLL_MILLIS = 50;

  private ClassifyBench() {}

  static void run(Stack stack, Path work, long rows, int runs)
      throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "%n### Classification: %,d rows a file, medians of %d%n%n"
            + "| | MiB | queryable, ms | all columns classified, ms | processor, s | of it"
            + " classification, s | share |%n|---|---:|---:|---:|---:|---:|---:|%n",
        rows,
        runs);
    measure(stack.client(), "six columns, none personal", Rows.csv(work, rows), runs);
    measure(
        stack.client(), "seven columns, five personal, one of texts", People.csv(work, rows), runs);
  }

  private static void measure(Client client, String what, Path csv, int runs)
      throws IOException, InterruptedException {
    Samples queryable = new Samples();
    Samples classified = new Samples();
    Samples whole = new Samples();
    Samples own = new Samples();
    for (int run = 0; run <= runs; run++) {
      String dataset = csv.getFileName().toString().replaceAll("\\W.*", "") + "_" + run;
      double ownBefore = metric(client, CLASSIFY);
      double wholeBefore = metric(client, PROCESS) / 1e9;
      Samples[] into = {new Samples(), new Samples(), new Samples()};
      long start = System.nanoTime();
      IngestBench.upload(client, csv, dataset, into);
      awaitClassified(client, dataset);
      if (run > 0) {
        queryable.add(into[2].median());
        classified.since(start);
        own.add(metric(client, CLASSIFY) - ownBefore);
        whole.add(metric(client, PROCESS) / 1e9 - wholeBefore);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %s | %s | %.2f | %.2f | %.1f %% |%n",
        what,
        Files.size(csv) / 1048576.0,
        queryable.text(),
        classified.text(),
        whole.median(),
        own.median(),
        100 * own.median() / whole.median());
  }

  private static void awaitClassified(Client client, String dataset)
      throws IOException, InterruptedException {
    while (true) {
      JsonNode columns = client.get("/catalog/datasets/by-name/" + dataset).path("columns");
      boolean all = !columns.isEmpty();
      for (JsonNode column : columns) {
        String state = column.path("sensitivity").path("state").asText();
        all &= state.equals("clean") || state.equals("sensitive");
      }
      if (all) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static double metric(Client client, Pattern which)
      throws IOException, InterruptedException {
    Matcher found = which.matcher(client.text("/metrics"));
    if (!found.find()) {
      throw new IOException("/metrics has no line like " + which);
    }
    return Double.parseDouble(found.group(1));
  }
}
