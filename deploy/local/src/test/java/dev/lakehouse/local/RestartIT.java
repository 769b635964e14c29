package dev.lakehouse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was there is there again, after a stop and after a kill. */
class RestartIT {
  private static final String OFFSETS =
      "SELECT count(*), count(DISTINCT n), min(_kafka_offset), max(_kafka_offset)"
          + " FROM lake.numbers";

  @TempDir Path dir;

  @Test
  void answersStayAndOffsetsContinue() throws Exception {
    Path data = dir.resolve("data");
    Files.writeString(dir.resolve("kept.csv"), "k,v\n1,a\n2,b\n");
    List<List<String>> answer;
    long firstRegistry;
    try (LakehouseProcess first = LakehouseProcess.up(data)) {
      LandedRows.upload(first.client(), dir.resolve("kept.csv"));
      first
          .client()
          .events("numbers", "application/json", "[{\"n\":1},{\"n\":2}]".getBytes(UTF_8), "a");
      LandedRows.await(first.client(), "numbers", 2);
      answer = LandedRows.all(first.client(), "SELECT *, _kafka_offset FROM lake.kept ORDER BY k");
      firstRegistry = first.registryPid();
      assertThat(first.stop()).isEqualTo(143);
      assertThat(ProcessHandle.of(firstRegistry)).isEmpty();
      assertThat(LakehouseProcess.run(dir, Map.of(), "down", "--data-dir=" + data).said())
          .contains("No lakehouse runs on");
    }

    try (LakehouseProcess second = LakehouseProcess.up(data)) {
      assertThat(
              LandedRows.all(second.client(), "SELECT *, _kafka_offset FROM lake.kept ORDER BY k"))
          .isEqualTo(answer);
      second.client().events("numbers", "application/json", "[{\"n\":3}]".getBytes(UTF_8), "b");
      LandedRows.await(second.client(), "numbers", 3);
      List<String> seen = LandedRows.one(second.client(), OFFSETS);
      assertThat(seen.subList(0, 3)).containsExactly("3", "3", "0");
      assertThat(Long.parseLong(seen.get(3))).isGreaterThanOrEqualTo(2);

      long left = second.registryPid();
      second.killHard();
      assertThat(ProcessHandle.of(left)).isPresent();

      try (LakehouseProcess third = LakehouseProcess.up(data)) {
        assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(third.registryPid()).isNotEqualTo(left);
        LandedRows.await(third.client(), "numbers", 3);
        assertThat(LandedRows.one(third.client(), OFFSETS)).isEqualTo(seen);
      }
    }
  }
}
