package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.ingest.store.S3Server;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Uploads are kept in S3 and read from there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3UploadIT {
  private S3Server server;
  private IngestRig rig;

  @BeforeAll
  void start(@TempDir Path directory) {
    server = S3Server.start(directory.resolve("s3"));
    rig = IngestRig.startAt(server.objects("lake"));
  }

  @AfterAll
  void stop() throws IOException {
    rig.close();
    server.close();
  }

  @Test
  void anUploadBecomesRows() {
    Answer answer = rig.upload("in_s3", "id,name\n1,a\n2,b\n");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(rig.awaitRead(answer.text("id")).path("state").asText()).isEqualTo("landing");
    assertThat(rig.rows("in_s3"))
        .containsExactly(Map.of("id", 1L, "name", "a"), Map.of("id", 2L, "name", "b"));
    assertThat(server.keys()).contains(key(answer));

    Answer again = rig.upload("in_s3", "id,name\n1,a\n2,b\n");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("duplicateOf")).isEqualTo(answer.text("id"));
    assertThat(server.keys()).containsOnlyOnce(key(answer));
  }

  private static String key(Answer answer) {
    String sha256 = answer.text("sha256");
    return "lake/sha256/" + sha256.substring(0, 2) + "/" + sha256;
  }

  @Test
  void aFileOfSeveralPartsIsReadWhole() {
    StringBuilder csv = new StringBuilder("id,text\n");
    int rows = 0;
    while (csv.length() < 20 << 20) {
      csv.append(rows++).append(',').append("some text that takes room ".repeat(40)).append('\n');
    }
    Answer answer =
        rig.upload("parts.csv", csv.toString().getBytes(UTF_8), Map.of("dataset", "in_parts"));
    assertThat(answer.status()).isEqualTo(202);
    JsonNode view = rig.awaitRead(answer.text("id"));
    assertThat(view.path("state").asText()).isEqualTo("landing");
    assertThat(view.path("rows").path("read").asInt()).isEqualTo(rows);
    assertThat(server.keys()).contains(key(answer));
    assertThat(server.keys()).noneMatch(key -> key.startsWith("lake/incoming/"));
  }

  @Test
  void anUploadThatIsCutOffLeavesNothing() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST /ingest/file HTTP/1.1\r
          Host: localhost\r
          Content-Type: multipart/form-data; boundary=XX\r
          Content-Length: 90000000\r
          \r
          --XX\r
          Content-Disposition: form-data; name="file"; filename="halved_in_s3.csv"\r
          \r
          a,b
          """
              .getBytes(UTF_8));
      byte[] rows = "1,2\n".repeat(256 << 10).getBytes(UTF_8);
      for (int i = 0; i < 10; i++) {
        out.write(rows);
      }
      out.flush();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> server.unfinished().stream().anyMatch(key -> key.startsWith("lake/incoming/")));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              assertThat(rig.get("/ingest").body().path("items"))
                  .anySatisfy(
                      item -> {
                        assertThat(item.path("name").asText()).isEqualTo("halved_in_s3.csv");
                        assertThat(item.path("error").path("code").asText())
                            .isEqualTo("upload_cut_off");
                      });
              assertThat(server.unfinished()).isEmpty();
            });
    assertThat(server.keys()).noneMatch(key -> key.startsWith("lake/incoming/"));
  }
}
