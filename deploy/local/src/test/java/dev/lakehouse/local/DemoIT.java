package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour, twice on one directory; the first time as the script's training run. */
class DemoIT {
  @TempDir Path dir;

  @Test
  void showsTheSameTwice() {
    LakehouseProcess.Ended first = LakehouseProcess.train(dir.resolve("train"), demo());
    assertThat(first.status()).as(first.said()).isZero();
    assertThat(first.said()).contains("lake.demo_shipments").contains("Cocoa powder 1 kg");

    LakehouseProcess.Ended second = LakehouseProcess.run(dir.resolve("run"), Map.of(), demo());
    assertThat(second.status()).as(second.said()).isZero();
    assertThat(second.said()).contains("is there already");
  }

  @Test
  void commandsOfTheTourAreTrainedToo() {
    LakehouseProcess.Ended alone =
        LakehouseProcess.train(dir.resolve("train"), "sql", "--url=http://127.0.0.1:1", "SELECT 1");
    assertThat(alone.status()).isEqualTo(4);
  }

  private String[] demo() {
    return new String[] {"demo", "--exit", "--port=0", "--data-dir=" + dir.resolve("data")};
  }
}
