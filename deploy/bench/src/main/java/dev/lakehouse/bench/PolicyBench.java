package dev.lakehouse.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What policies cost: a thousand rules for one principal, over a table of a hundred columns half of
 * which are masked, against a principal that sees everything.
 */
final class PolicyBench {
  static final String ADMIN = "the-key-of-the-admin";
  private static final String READER = "the-key-of-the-reader";
  static final String SETTINGS =
      """
      [auth]
      enabled = true
      [auth.keys]
      admin = "%s"
      reader = "%s"
      """
          .formatted(ADMIN, READER);

  private static final int RULES = 1_000;
  private static final int COLUMNS = 100;
  private static final int ASKED = 200;
  private static final String LOOK_UP = "SELECT id, c1 FROM wide WHERE id = 7";
  private static final String MASKED =
      "SELECT c1, count(*), max(c2) FROM wide GROUP BY c1 ORDER BY c1 LIMIT 10";
  private static final String BY_HAND =
      "SELECT c1, count(*), max(c2) FROM (SELECT CASE WHEN length(c1) > 2 THEN substring(c1, 1, 2)"
          + " || '***' WHEN c1 IS NOT NULL THEN '***' END AS c1, CASE WHEN length(c2) > 2 THEN"
          + " substring(c2, 1, 2) || '***' WHEN c2 IS NOT NULL THEN '***' END AS c2 FROM wide WHERE"
          + " id >= 0) AS t GROUP BY c1 ORDER BY c1 LIMIT 10";

  private PolicyBench() {}

  static void run(Stack stack, Path work, long rows, int runs)
      throws IOException, InterruptedException {
    Client admin = stack.client();
    Client reader = stack.client(READER);
    Path policies = stack.data().resolve("policies");
    String before = version(admin);
    write(policies);
    while (version(admin).equals(before)) {
      Thread.sleep(20);
    }
    load(admin, work, rows);
    Samples whole = new Samples();
    Samples seen = new Samples();
    Samples decided = new Samples();
    Samples masked = new Samples();
    Samples byHand = new Samples();
    for (int i = -ASKED; i < runs * ASKED; i++) {
      long start = System.nanoTime();
      check(admin.rows(LOOK_UP).size() == 1);
      double first = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      check(reader.rows(LOOK_UP).size() == 1);
      double second = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      check(reader.post("/query/sql", Map.of("sql", LOOK_UP, "dryRun", true)).has("tables"));
      double third = (System.nanoTime() - start) / 1e6;
      if (i >= 0) {
        whole.add(first);
        seen.add(second);
        decided.add(third);
      }
    }
    for (int i = -3; i < runs * 10; i++) {
      long start = System.nanoTime();
      String one = reader.rows(MASKED).toString();
      double first = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      check(admin.rows(BY_HAND).toString().equals(one));
      if (i >= 0) {
        masked.add(first);
        byHand.since(start);
      }
    }
    Samples reloaded = new Samples();
    for (int i = 0; i < runs * 2; i++) {
      String now = version(admin);
      long start = System.nanoTime();
      Files.writeString(policies.resolve("changed.toml"), "# " + i + "\n");
      while (version(admin).equals(now)) {
        Thread.sleep(5);
      }
      reloaded.since(start);
    }
    System.out.printf(
        Locale.ROOT,
        "%n### Policies: %,d rules, %d columns, %,d rows%n%n"
            + "| ms | p50 | p99 |%n|---|---:|---:|%n",
        RULES,
        COLUMNS,
        rows);
    row("a look-up by who sees everything", whole);
    row("the same under the rules", seen);
    row("a dry run: parsed and decided, not run", decided);
    row("an aggregate over masked columns", masked);
    row("the same with masks and filter written by hand", byHand);
    row("from a changed file to a changed answer", reloaded);
  }

  private static void row(String what, Samples samples) {
    System.out.printf(
        Locale.ROOT, "| %s | %.2f | %.2f |%n", what, samples.median(), samples.percentile(99));
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("an answer is not what it should be");
    }
  }

  private static String version(Client admin) throws IOException, InterruptedException {
    return admin.get("/policy").path("version").asText();
  }

  /** A file for each rule, all of which are the reader's. */
  private static void write(Path directory) throws IOException {
    for (int i = 0; i < RULES - 1; i++) {
      Files.writeString(
          directory.resolve("rule" + i + ".toml"),
          """
          [[roles.r%d]]
          datasets = ["other_%d", "more_%d_*"]
          grants = ["read"]
          filter = "region = attr('region')"
          columns = { email = "hash", phone = { mask = "last", show = 2 }, "*_secret" = "deny" }
          """
              .formatted(i, i, i));
    }
    String roles =
        IntStream.range(0, RULES - 1)
            .mapToObj(i -> "\"r" + i + "\"")
            .collect(Collectors.joining(", "));
    String columns =
        IntStream.range(1, COLUMNS)
            .mapToObj(
                i ->
                    "c"
                        + i
                        + " = "
                        + (i < COLUMNS / 2 ? "{ mask = \"first\", show = 2 }" : "\"allow\""))
            .collect(Collectors.joining("\n"));
    Files.writeString(
        directory.resolve("wide.toml"),
        "[principals.reader]\nroles = [\"wide\", "
            + roles
            + "]\nattributes = { region = \"emea\" }\n[[roles.wide]]\ndatasets = [\"wide\"]\n"
            + "grants = [\"read\"]\nfilter = \"id >= 0\"\n[roles.wide.columns]\nid = \"allow\"\n"
            + columns
            + "\n");
  }

  private static void load(Client admin, Path work, long rows)
      throws IOException, InterruptedException {
    Path file = work.resolve("wide.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          IntStream.range(1, COLUMNS)
              .mapToObj(i -> "c" + i)
              .collect(Collectors.joining(",", "id,", "\n")));
      for (long row = 0; row < rows; row++) {
        out.write(Long.toString(row));
        for (int i = 1; i < COLUMNS; i++) {
          out.write(",v" + (row * i) % 97 + "x");
        }
        out.write("\n");
      }
    }
    var unused = admin.upload(file, "wide");
    while (!admin.cell("SELECT count(*) FROM wide").equals(Long.toString(rows))) {
      Thread.sleep(100);
    }
  }
}
