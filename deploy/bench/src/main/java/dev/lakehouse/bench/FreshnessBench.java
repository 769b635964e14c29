package dev.lakehouse.bench;

import dev.lakehouse.schemas.registry.ConfluentWire;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** From an event's sending to its answer by SQL. */
final class FreshnessBench {
  private static final int SECONDS = 20;

  private FreshnessBench() {}

  static void run(Stack stack, int lone) throws IOException, InterruptedException {
    System.out.printf("%n### Freshness: from sending an event to seeing it by SQL, ms%n%n");
    System.out.printf("| | median | p99 | most | n |%n|---|---:|---:|---:|---:|%n");
    line("lone event over HTTP", lone(stack.client(), lone));
    line("200 rows/s, plain producer", steady(stack, 200));
    line("10,000 rows/s, plain producer", steady(stack, 10_000));
  }

  private static Samples lone(Client client, int count) throws IOException, InterruptedException {
    client.event("lone", Map.of("seq", -1));
    Samples samples = new Samples();
    for (int seq = 0; seq < count; seq++) {
      Thread.sleep(1_500);
      long start = System.nanoTime();
      client.event("lone", Map.of("seq", seq));
      while (!client.cell("SELECT count(*) FROM lone WHERE seq = " + seq).equals("1")) {
        Thread.onSpinWait();
      }
      samples.since(start);
    }
    return samples;
  }

  /** Sends at a steady rate while one client asks, as fast as it is answered, what it can see. */
  private static Samples steady(Stack stack, int perSecond)
      throws IOException, InterruptedException {
    String dataset = "steady_" + perSecond;
    String topic = "data." + dataset;
    int total = perSecond * SECONDS;
    AtomicLongArray sentAt = new AtomicLongArray(total);
    AtomicBoolean stop = new AtomicBoolean();
    ConfluentWire.Writer<Object> writer = Peers.writer(stack, topic);
    Thread sending =
        new Thread(
            () -> {
              try (Sender sender = new Sender(Peers.kafka(stack), Map.of("linger.ms", 1))) {
                long start = System.nanoTime();
                for (int id = 0; id < total && !stop.get(); id++) {
                  long due = start + (long) id * 1_000_000_000L / perSecond;
                  while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                  }
                  sentAt.set(id, System.nanoTime());
                  sender.send(topic, writer.write(Rows.row(id)));
                }
                sender.flush();
              }
            });
    sending.start();
    Samples samples = new Samples();
    Client client = stack.client();
    int seen = 0;
    // The first seconds make the topic and the table; they are not what is measured.
    int warm = perSecond * 5;
    long deadline = System.nanoTime() + (SECONDS + 60) * 1_000_000_000L;
    while (seen < total && System.nanoTime() < deadline) {
      String answer = client.cell("SELECT count(*) FROM " + dataset);
      long now = System.nanoTime();
      int visible = answer.isEmpty() ? 0 : Integer.parseInt(answer);
      for (int id = seen; id < visible; id++) {
        if (id >= warm) {
          samples.add((now - sentAt.get(id)) / 1e6);
        }
      }
      seen = Math.max(seen, visible);
      Thread.sleep(5);
    }
    stop.set(true);
    sending.join();
    if (seen != total) {
      throw new IOException("of " + total + " rows " + seen + " are visible");
    }
    return samples;
  }

  private static void line(String what, Samples samples) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f | %,d |%n",
        what,
        samples.median(),
        samples.percentile(99),
        samples.percentile(100),
        samples.count());
  }
}
