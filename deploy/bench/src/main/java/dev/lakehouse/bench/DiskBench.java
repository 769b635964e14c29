package dev.lakehouse.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What each part of the data directory keeps of an ingested file, in allocated bytes. */
final class DiskBench {
  private static final String DATASET = "disk_budget";

  private DiskBench() {}

  static void run(Stack stack, Path work, long rows) throws IOException, InterruptedException {
    Path csv = Rows.csv(work, rows);
    double file = Files.size(csv);
    Map<String, Long> before = parts(stack.data());
    IngestBench.upload(
        stack.client(), csv, DATASET, new Samples[] {new Samples(), new Samples(), new Samples()});
    Map<String, Long> after = parts(stack.data());
    System.out.printf(
        Locale.ROOT,
        "%n### Disk: %,d rows, %.0f MiB of CSV%n%n"
            + "| | MiB before | MiB after | bytes kept for each byte of CSV |%n|---|---:|---:|---:|%n",
        rows,
        file / 1048576);
    after.forEach(
        (part, bytes) -> {
          long had = before.getOrDefault(part, 0L);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %.2f |%n",
              part,
              had / 1048576.0,
              bytes / 1048576.0,
              (bytes - had) / file);
        });
  }

  private static Map<String, Long> parts(Path data) throws IOException, InterruptedException {
    Map<String, Long> parts = new LinkedHashMap<>();
    Path kafka = data.resolve("kafka/log");
    List<Path> warehouse = below(data.resolve("warehouse"), "");
    parts.put("`objects/`: the upload", allocated(List.of(data.resolve("objects"))));
    parts.put("`kafka/`: the dataset's topic", allocated(below(kafka, "data." + DATASET)));
    parts.put(
        "`kafka/`: everything else",
        allocated(List.of(kafka)) - allocated(below(kafka, "data." + DATASET)));
    parts.put(
        "`warehouse/`: Parquet",
        allocated(warehouse.stream().filter(p -> p.toString().endsWith(".parquet")).toList()));
    parts.put(
        "`warehouse/`: table metadata",
        allocated(
            warehouse.stream()
                .filter(Files::isRegularFile)
                .filter(p -> !p.toString().endsWith(".parquet"))
                .toList()));
    parts.put("`catalog/`", allocated(List.of(data.resolve("catalog"))));
    parts.put("`registry/`", allocated(List.of(data.resolve("registry"))));
    parts.put("`flink/`: checkpoints", allocated(List.of(data.resolve("flink"))));
    parts.put("`logs/`", allocated(List.of(data.resolve("logs"))));
    parts.put("`tmp/`", allocated(List.of(data.resolve("tmp"))));
    return parts;
  }

  private static List<Path> below(Path directory, String prefix) throws IOException {
    int depth = prefix.isEmpty() ? Integer.MAX_VALUE : 1;
    try (Stream<Path> all = Files.walk(directory, depth)) {
      return all.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  /** As {@code du} counts them: indexes of the broker are sparse files. */
  private static long allocated(List<Path> paths) throws IOException, InterruptedException {
    List<String> there = paths.stream().filter(Files::exists).map(Path::toString).toList();
    if (there.isEmpty()) {
      return 0;
    }
    List<String> command = new ArrayList<>(List.of("du", "-sk"));
    command.addAll(there);
    Process du = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    du.waitFor();
    long kib =
        said.lines()
            .map(line -> line.split("\\s", 2)[0])
            .filter(first -> first.matches("\\d+"))
            .mapToLong(Long::parseLong)
            .sum();
    return kib * 1024;
  }
}
