package dev.lakehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
  @TempDir Path dir;

  @Test
  void theFileAndTheRecordsAreTheSameRows() throws Exception {
    List<String> lines = Files.readAllLines(Rows.csv(dir, 100));
    assertThat(lines).hasSize(101);
    for (int id = 0; id < 100; id++) {
      var row = Rows.row(id);
      assertThat(lines.get(id + 1))
          .isEqualTo(
              String.join(
                  ",",
                  Rows.SCHEMA.getFields().stream()
                      .map(field -> String.valueOf(row.get(field.name())))
                      .toList()));
    }
    assertThat(lines.get(1)).startsWith("0,2024-01-01 00:00:00,");
  }

  @Test
  void percentilesAreByNearestRank() {
    Samples samples = new Samples();
    for (int value = 1; value <= 100; value++) {
      samples.add(value);
    }
    assertThat(samples.median()).isEqualTo(50);
    assertThat(samples.percentile(99)).isEqualTo(99);
    assertThat(samples.percentile(0)).isEqualTo(1);
    assertThat(samples.percentile(100)).isEqualTo(100);
  }
}
