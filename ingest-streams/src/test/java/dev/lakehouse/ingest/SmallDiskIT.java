package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.config.ObjectsConfig;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.ComponentHealth.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small file systems, mounted for the test, that are really full; skipped where the test may not
 * mount one.
 */
class SmallDiskIT {
  /** A file system on a directory, gone when it is closed. */
  private record Mounted(Path directory) implements AutoCloseable {
    static Mounted at(Path directory, String size) {
      Assumptions.assumeTrue(
          run(
              "mount",
              "-t",
              "tmpfs",
              "-o",
              "mode=0777,size=" + size,
              "lakehouse-test",
              directory.toString()),
          "a file system can be mounted by root only (mount -t tmpfs)");
      return new Mounted(directory);
    }

    void grow(String size) {
      assertThat(run("mount", "-o", "remount,size=" + size, directory.toString())).isTrue();
    }

    List<Path> files() throws IOException {
      try (Stream<Path> all = Files.walk(directory)) {
        return all.filter(Files::isRegularFile).toList();
      }
    }

    @Override
    public void close() {
      assertThat(run("umount", "-l", directory.toString())).isTrue();
    }
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void anUploadThatFillsTheDiskIsRefusedAndLeavesNothing(@TempDir Path dir) throws IOException {
    byte[] large = "a,b\n1,2\n".repeat(2_500_000).getBytes(UTF_8);
    ObjectsConfig objects = new ObjectsConfig(dir.toUri().toString(), Map.of());
    try (Mounted disk = Mounted.at(dir, "16m");
        IngestRig rig = IngestRig.startAt(objects)) {
      Answer refused = rig.upload("large.csv", large, Map.of("dataset", "too_large_for_disk"));
      assertThat(refused.text("code")).as(refused.toString()).isEqualTo("disk_low");
      assertThat(refused.status()).isEqualTo(507);
      assertThat(refused.text("hint")).contains("free some space");
      assertThat(disk.files()).isEmpty();
      assertThat(rig.get("/ingest").body().path("items").findValuesAsText("dataset"))
          .doesNotContain("too_large_for_disk");

      Answer small = rig.upload("fits_on_disk", "a,b\n1,2\n");
      assertThat(small.status()).isEqualTo(202);
      rig.awaitRead(small.text("id"));
      assertThat(rig.rows("fits_on_disk")).hasSize(1);
      assertThat(disk.files()).hasSize(1);

      Answer mark = uploadWhileTheDiskFillsUp(rig, Arrays.copyOf(large, 12_000_000));
      assertThat(mark.text("code")).as(mark.toString()).isEqualTo("disk_low");
      assertThat(disk.files()).hasSize(1);
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

  /** An archive within another layer is copied before it can be looked into. */
  private static byte[] packedTwice(int rows) throws IOException {
    Random random = new Random(7);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed);
        ZipOutputStream zip = new ZipOutputStream(gzip)) {
      zip.putNextEntry(new ZipEntry("numbers.csv"));
      zip.write("n\n".getBytes(UTF_8));
      for (int row = 0; row < rows; row++) {
        zip.write((random.nextInt(1_000_000_000) + "\n").getBytes(UTF_8));
      }
    }
    return packed.toByteArray();
  }

  @Test
  void aFileWhoseCopyHasNoRoomWaitsForItAndOthersGoOn() throws IOException {
    int rows = 400_000;
    IngestRig rig = IngestRig.start();
    try (Mounted scratch = Mounted.at(rig.config.data().path().resolve("tmp/reading"), "1m")) {
      String id =
          rig.upload("twice.zip.gz", packedTwice(rows), Map.of("dataset", "no_room")).text("id");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(rig.service.health().check().get("ingest"))
                      .matches(health -> health.status() == Status.DEGRADED)
                      .extracting(ComponentHealth::detail)
                      .asString()
                      .contains("'twice.zip.gz' waits: the disk of"));
      Awaitility.await().until(() -> scratch.files().isEmpty());
      rig.awaitRead(rig.upload("has_room", "a\n1\n").text("id"));
      scratch.grow("64m");
      assertThat(rig.awaitRead(id).path("rows").path("read").asInt()).isEqualTo(rows);
      assertThat(rig.records("data.no_room")).hasSize(rows);
      assertThat(scratch.files()).isEmpty();
    } finally {
      rig.close();
    }
  }
}
