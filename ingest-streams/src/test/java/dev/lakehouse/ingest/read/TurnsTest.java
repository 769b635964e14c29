package dev.lakehouse.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void allThreadsHaveTheirTurnsOneAfterTheOther() throws Exception {
    Turns turns = new Turns(1, Duration.ZERO);
    List<Integer> order = new CopyOnWriteArrayList<>();
    List<Future<?>> works =
        IntStream.range(0, 3)
            .<Future<?>>mapToObj(
                worker ->
                    threads.submit(
                        () -> {
                          turns.take();
                          for (int turn = 0; turn < 4; turn++) {
                            Awaitility.await().pollInSameThread().until(() -> turns.waiting() == 2);
                            order.add(worker);
                            turns.pass();
                          }
                          order.add(worker);
                          turns.end();
                        }))
            .toList();
    for (Future<?> work : works) {
      work.get(20, TimeUnit.SECONDS);
    }
    assertThat(order).hasSize(15);
    assertThat(order.subList(0, 3)).doesNotHaveDuplicates();
    for (int at = 3; at < 12; at++) {
      assertThat(order.get(at)).isEqualTo(order.get(at - 3));
    }
  }

  @Test
  void whoeverStepsAsideLetsAnotherWork() throws Exception {
    Turns turns = new Turns(1, Duration.ofHours(1));
    turns.take();
    turns.passIfOver();
    AtomicBoolean worked = new AtomicBoolean();
    Future<?> other =
        threads.submit(
            () -> {
              turns.take();
              worked.set(true);
              turns.end();
            });
    assertThat(worked).isFalse();
    turns.step();
    other.get(20, TimeUnit.SECONDS);
    turns.comeBack();
    assertThat(worked).isTrue();
    turns.end();
    turns.end();
    turns.take();
  }
}
