package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.config.ObjectsConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Uploads onto a file system of 16 megabytes, mounted for the test; skipped where the test may not
 * mount one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmallDiskIT {
  private Path disk = Path.of("");
  private boolean mounted;

  @BeforeAll
  void mount() throws Exception {
    disk = Files.createTempDirectory("small-disk").toRealPath();
    mounted =
        run("mount", "-t", "tmpfs", "-o", "size=16m,mode=0777", "lakehouse-test", disk.toString());
    Assumptions.assumeTrue(mounted, "a file system can be mounted by root only (mount -t tmpfs)");
  }

  @AfterAll
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
    Files.deleteIfExists(disk);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(disk)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void anUploadThatFillsTheDiskIsRefusedAndLeavesNothing() throws IOException {
    byte[] large = "a,b\n1,2\n".repeat(2_500_000).getBytes(UTF_8);
    try (IngestRig rig = IngestRig.startAt(new ObjectsConfig(disk.toUri().toString(), Map.of()))) {
      Answer refused = rig.upload("large.csv", large, Map.of("dataset", "too_large_for_disk"));
      assertThat(refused.text("code")).as(refused.toString()).isEqualTo("disk_low");
      assertThat(refused.status()).isEqualTo(507);
      assertThat(refused.text("hint")).contains("free some space");
      assertThat(files()).isEmpty();
      assertThat(rig.get("/ingest").body().path("items").findValuesAsText("dataset"))
          .doesNotContain("too_large_for_disk");

      Answer small = rig.upload("fits_on_disk", "a,b\n1,2\n");
      assertThat(small.status()).isEqualTo(202);
      rig.awaitRead(small.text("id"));
      assertThat(rig.rows("fits_on_disk")).hasSize(1);
      assertThat(files()).hasSize(1);

      Answer mark = uploadWhileTheDiskFillsUp(rig, Arrays.copyOf(large, 12_000_000));
      assertThat(mark.text("code")).as(mark.toString()).isEqualTo("disk_low");
      assertThat(files()).hasSize(1);
    }
  }

  /** Others write to the disk meanwhile, so that it comes below its mark in mid-upload. */
  private static Answer uploadWhileTheDiskFillsUp(IngestRig rig, byte[] content) {
    String head =
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\n";
    InputStream body =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            if (pos > 1_000_000) {
              rig.freeBytes.set(5);
            }
            return super.read(buffer, offset, length);
          }
        };
    try {
      return rig.send(
          HttpRequest.newBuilder(rig.at("/ingest/file"))
              .header("Content-Type", "multipart/form-data; boundary=XX")
              .POST(
                  BodyPublishers.concat(
                      BodyPublishers.ofString(head),
                      BodyPublishers.ofInputStream(() -> body),
                      BodyPublishers.ofString("\r\n--XX--\r\n")))
              .build());
    } finally {
      rig.freeBytes.set(Long.MAX_VALUE);
    }
  }
}
