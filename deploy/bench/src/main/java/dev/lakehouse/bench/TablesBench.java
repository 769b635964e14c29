package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.registry.ConfluentWire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Many tables fed at once: how long until every row of every table is counted. */
final class TablesBench {
  private TablesBench() {}

  static void run(Stack stack, int tables, int rounds, int rowsPerRound)
      throws IOException, InterruptedException {
    List<String> topics = new ArrayList<>();
    List<ConfluentWire.Writer<Object>> writers = new ArrayList<>();
    for (int table = 0; table < tables; table++) {
      topics.add(String.format(Locale.ROOT, "data.many_%03d", table));
      writers.add(Peers.writer(stack, topics.get(table)));
    }
    Samples visible = new Samples();
    double first = 0;
    try (Sender sender = new Sender(Peers.kafka(stack), Map.of())) {
      for (int round = 0; round <= rounds; round++) {
        long start = System.nanoTime();
        for (int table = 0; table < tables; table++) {
          for (int row = 0; row < rowsPerRound; row++) {
            sender.send(
                topics.get(table),
                writers.get(table).write(Rows.row((long) round * rowsPerRound + row)));
          }
        }
        sender.flush();
        await(stack.client(), tables, (long) (round + 1) * rowsPerRound);
        if (round == 0) {
          first = (System.nanoTime() - start) / 1e6;
        } else {
          visible.since(start);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%n### %d tables fed at once, %d rows each a round%n%n"
            + "| | ms |%n|---|---:|%n| first round, which makes the topics and tables | %.0f |%n"
            + "| a later round, sent to all visible: median (least–most) of %d | %s |%n"
            + "| resident memory of all processes, MiB | %d |%n",
        tables,
        rowsPerRound,
        first,
        rounds,
        visible.text(),
        stack.residentMiB());
  }

  private static void await(Client client, int tables, long rows)
      throws IOException, InterruptedException {
    while (true) {
      int full = 0;
      String path = "/catalog/datasets?limit=1000";
      for (JsonNode dataset : client.get(path).path("datasets")) {
        if (dataset.path("name").asText().startsWith("many_")
            && dataset.path("rows").asLong() == rows) {
          full++;
        }
      }
      if (full == tables) {
        return;
      }
      Thread.sleep(100);
    }
  }
}
