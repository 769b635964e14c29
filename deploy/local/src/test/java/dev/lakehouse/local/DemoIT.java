package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour, twice on one directory. */
class DemoIT {
  @TempDir Path dir;

  @Test
  void showsTheSameTwice() {
    LakehouseProcess.Ended first = demo();
    assertThat(first.status()).as(first.said()).isZero();
    assertThat(first.said()).contains("lake.demo_shipments").contains("Cocoa powder 1 kg");

    LakehouseProcess.Ended second = demo();
    assertThat(second.status()).as(second.said()).isZero();
    assertThat(second.said()).contains("is there already");
  }

  private LakehouseProcess.Ended demo() {
    return LakehouseProcess.run(
        dir.resolve("run"),
        Map.of(),
        "demo",
        "--exit",
        "--port=0",
        "--data-dir=" + dir.resolve("data"));
  }
}
