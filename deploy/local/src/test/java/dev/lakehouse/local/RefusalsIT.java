package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that must not happen, and what they say. */
class RefusalsIT {
  @TempDir Path dir;

  @Test
  void threeMistakesAreAllNamed() throws Exception {
    Path config = dir.resolve("lakehouse.toml");
    Files.writeString(
        config,
        "[query]\nthreads = \"many\"\n[landing]\ncommit_interval = \"soon\"\n[kafkaa]\nx = 1\n");

    LakehouseProcess.Ended ended = up("--config=" + config);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.said())
        .contains("3 mistakes", "query.threads", "landing.commit_interval", "kafkaa.x");
  }

  @Test
  void aNewerDirectoryIsLeftAlone() throws Exception {
    Path data = Files.createDirectory(dir.resolve("newer"));
    Files.writeString(data.resolve("version"), "99");

    LakehouseProcess.Ended ended = up("--data-dir=" + data);

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said()).contains("version 99").contains("hint:");
    assertThat(data.resolve("kafka")).doesNotExist();
  }

  @Test
  void aDirectoryOfSomethingElseIsLeftAlone() throws Exception {
    Path data = Files.createDirectory(dir.resolve("photos"));
    Files.writeString(data.resolve("cat.jpg"), "meow");

    LakehouseProcess.Ended ended = up("--data-dir=" + data);

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said()).contains("cat.jpg").contains("data.dir");
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "not a directory");

    LakehouseProcess.Ended ended = up("--data-dir=" + file.resolve("data"));

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said()).contains(file.toString()).contains("cannot be written");
  }

  @Test
  void theWorldIsNotLetInWithoutKeys() {
    LakehouseProcess.Ended ended =
        LakehouseProcess.run(
            dir.resolve("run"),
            Map.of("LAKEHOUSE_SERVER_HOST", "0.0.0.0"),
            "up",
            "--port=0",
            "--data-dir=" + dir.resolve("open"));

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.said()).contains("server.host").contains("auth.enabled");
  }

  @Test
  void nobodyAnswersAndNothingRuns() {
    LakehouseProcess.Ended status =
        LakehouseProcess.run(dir.resolve("run"), Map.of(), "status", "--url=http://127.0.0.1:1");
    LakehouseProcess.Ended down =
        LakehouseProcess.run(
            dir.resolve("run"), Map.of(), "down", "--data-dir=" + dir.resolve("none"));

    assertThat(status.status()).isEqualTo(4);
    assertThat(status.said()).contains("no lakehouse answers").contains("lakehouse up");
    assertThat(down.status()).isZero();
    assertThat(down.said()).contains("No lakehouse runs on");
  }

  private LakehouseProcess.Ended up(String option) {
    return LakehouseProcess.run(dir.resolve("run"), Map.of(), "up", "--port=0", option);
  }
}
