package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.health.ComponentHealth.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What cannot be used is refused with a reason, whole or row by row, and leaves nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsIT {
  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = new IngestRig(Map.of("ingest.max_upload", "200KB"), Clock.systemUTC());
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Answer upload(String name, byte[] content, Map<String, String> fields) {
    return rig.upload(name, content, fields);
  }

  @Test
  void refusalsSayWhatIsWrongAndHowToMendIt() {
    assertProblem(upload("a.csv", new byte[0], Map.of()), 422, "empty_file");
    assertProblem(upload("a.csv", new byte[] {'a', 0, 1, 2}, Map.of()), 422, "unknown_format");
    assertProblem(
        upload("a.csv", "\u0089PNG\r\n".getBytes(ISO_8859_1), Map.of()), 422, "unknown_format");
    assertProblem(
        upload("a.csv", "a\n1\n".getBytes(UTF_8), Map.of("format", "docx")), 400, "bad_option");
    assertProblem(
        upload("a.csv", "a\n1\n".getBytes(UTF_8), Map.of("delimiter", ",,,,,,,,,")),
        400,
        "bad_option");
    assertProblem(
        upload("a.csv", "a\n1\n".getBytes(UTF_8), Map.of("colour", "red")), 400, "bad_option");
    assertProblem(upload("a.csv", new byte[300_000], Map.of()), 413, "too_large");
    Answer named = upload("a.csv", "a\n1\n".getBytes(UTF_8), Map.of("dataset", "My Data!"));
    assertProblem(named, 400, "bad_dataset_name");
    assertThat(named.text("hint")).contains("my_data");
    assertProblem(rig.get("/ingest/nobody"), 404, "unknown_ingest");
  }

  /** Nothing of a dataset on which one has no grant is told, also not that there is one. */
  @Test
  void whoHasNoGrantIsRefusedAndHearsNothing() {
    String theirs =
        upload("t.csv", "a\n1\nx\n".getBytes(UTF_8), Map.of("dataset", "t_hidden")).text("id");
    String ours =
        upload("o.csv", "a\n1\n2\n".getBytes(UTF_8), Map.of("dataset", "t_ours")).text("id");
    rig.awaitRead(theirs);
    rig.awaitRead(ours);
    try (GrantedDoor door = new GrantedDoor(rig, "t_ours")) {
      for (String who : List.of("ingester", "reader", "steward", "manager", "owner", "nobody")) {
        for (String line :
            List.of(
                "GET /ingest/" + theirs,
                "GET /ingest/" + theirs + "/events",
                "GET /ingest/" + theirs + "/quarantine",
                "POST /ingest/" + theirs + "/quarantine/replay",
                "POST /ingest/" + theirs + "/read",
                "DELETE /ingest/" + theirs)) {
          Answer hidden = door.ask(who, line, "");
          Answer absent = door.ask(who, line.replace(theirs, "absent"), "");
          assertThat(hidden.status()).as(who + " " + line + " " + hidden).isEqualTo(404);
          assertThat(hidden.text("detail").replace(theirs, "absent"))
              .isEqualTo(absent.text("detail"));
          assertThat(hidden.text("code")).isEqualTo(absent.text("code"));
        }
        for (String line :
            List.of(
                "POST /ingest/events/t_hidden",
                "GET /catalog/datasets/by-name/t_hidden/quarantine",
                "POST /catalog/datasets/by-name/t_hidden/quarantine/replay",
                "PATCH /catalog/datasets/by-name/t_hidden",
                "DELETE /catalog/datasets/by-name/t_hidden",
                "DELETE /ingest/none?dataset=t_hidden")) {
          assertThat(door.ask(who, line, "[]").status()).as(who + " " + line).isEqualTo(404);
        }
        assertThat(door.upload(who, "t_hidden", "a\n7\n", "skip").status()).isEqualTo(404);
        assertThat(door.ask(who, "GET /ingest?limit=500", "").body().toString())
            .doesNotContain(theirs);
        assertThat(door.ask(who, "GET /catalog/changes", "").body().path("changes")).isEmpty();
      }
      grantsOpenTheirDoors(door, ours);
    }
    assertThat(rig.get("/ingest/" + theirs).text("state")).isNotIn("undone", "undoing");
  }

  private static void grantsOpenTheirDoors(GrantedDoor door, String id) {
    assertThat(
            door.ask("reader", "GET /ingest?limit=1", "")
                .body()
                .path("items")
                .findValuesAsText("id"))
        .containsExactly(id);
    assertThat(door.ask("nobody", "GET /ingest", "").body().path("items")).isEmpty();
    assertThat(door.ask("ingester", "GET /ingest/" + id, "").status()).isEqualTo(200);
    assertProblem(door.ask("steward", "GET /ingest/" + id, ""), 403, "forbidden");
    assertProblem(door.ask("ingester", "GET /ingest/" + id + "/quarantine", ""), 403, "forbidden");
    assertThat(door.ask("steward", "GET /ingest/" + id + "/quarantine", "").status())
        .isEqualTo(200);
    assertProblem(door.ask("reader", "DELETE /ingest/" + id, ""), 403, "forbidden");
    assertProblem(door.ask("reader", "POST /ingest/events/t_ours", "[]"), 403, "forbidden");
    assertThat(door.ask("ingester", "POST /ingest/events/t_ours", "[{\"a\": 5}]").status())
        .isEqualTo(200);
    assertProblem(door.upload("reader", "t_ours", "a\n8\n", "skip"), 403, "forbidden");
    Answer replace = door.upload("ingester", "t_ours", "a\n8\n", "replace");
    assertProblem(replace, 403, "forbidden");
    assertThat(replace.text("grant")).isEqualTo("manage");
    assertThat(door.upload("ingester", "t_ours", "a\n8\n", "skip").status()).isEqualTo(202);
    Answer elsewhere =
        door.ask("ingester", "POST /ingest/" + id + "/read", "{\"dataset\": \"t_hidden\"}");
    assertProblem(elsewhere, 404, "unknown_dataset");
    Answer again = door.ask("ingester", "POST /ingest/" + id + "/read", "");
    assertThat(again.text("grant")).isEqualTo("manage");
    assertProblem(
        door.ask("manager", "PATCH /catalog/datasets/by-name/t_ours", "{\"name\": \"x\"}"),
        403,
        "forbidden");
    Answer taken =
        door.ask("owner", "PATCH /catalog/datasets/by-name/t_ours", "{\"name\": \"t_hidden\"}");
    assertProblem(taken, 403, "forbidden");
    assertProblem(
        door.ask("owner", "POST /catalog/datasets", DECLARED.replace("NAME", "t_hidden")),
        403,
        "forbidden");
    assertProblem(
        door.ask("owner", "POST /catalog/datasets", DECLARED.replace("NAME", "t_absent")),
        403,
        "forbidden");

    assertThat(door.upload("limited", "t_ours", "a\n" + "9\n".repeat(400), "append").text("code"))
        .isEqualTo("too_large");
    assertThat(door.upload("limited", "t_ours", "a\n" + "9\n".repeat(200), "append").status())
        .isIn(202, 429);
    Answer limited = door.upload("limited", "t_ours", "a\n" + "9\n".repeat(200), "append");
    assertProblem(limited, 429, "limit_exceeded");
    assertThat(limited.text("limit")).isEqualTo("uploaded_per_minute");
  }

  private static final String DECLARED =
      "{\"name\": \"NAME\", \"columns\": [{\"name\": \"a\", \"type\": \"bigint\"}]}";

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.text("code")).as(answer.toString()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("hint")).isNotEmpty();
    assertThat(answer.text("requestId")).isNotEmpty();
  }

  @Test
  void aFullDiskRefusesNewWorkAndGoesOnReading() {
    rig.freeBytes.set(5);
    assertProblem(upload("a.csv", "a\n1\n".getBytes(UTF_8), Map.of()), 507, "disk_low");
    assertThat(rig.service.health().check().get("ingest"))
        .satisfies(health -> assertThat(health.status()).isEqualTo(Status.DEGRADED));
    assertThat(rig.get("/ingest").status()).isEqualTo(200);
    rig.freeBytes.set(Long.MAX_VALUE);
    assertThat(upload("a.csv", "a\n1\n".getBytes(UTF_8), Map.of("dataset", "roomy")).status())
        .isEqualTo(202);
  }

  @Test
  void anUploadThatIsCutOffLeavesARecordAndNothingElse() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST /ingest/file HTTP/1.1\r
          Host: localhost\r
          Content-Type: multipart/form-data; boundary=XX\r
          Content-Length: 100000\r
          \r
          --XX\r
          Content-Disposition: form-data; name="dataset"\r
          \r
          halved\r
          --XX\r
          Content-Disposition: form-data; name="file"; filename="halved.csv"\r
          \r
          a,b
          1,2
          """
              .getBytes(UTF_8));
      out.flush();
    }
    JsonNode seen =
        Awaitility.await()
            .atMost(Duration.ofSeconds(40))
            .until(
                () -> {
                  for (JsonNode item : rig.get("/ingest").body().path("items")) {
                    if (item.path("name").asText().equals("halved.csv")) {
                      return item;
                    }
                  }
                  return IngestRig.JSON.nullNode();
                },
                node -> !node.isNull());
    assertThat(seen.path("state").asText()).isEqualTo("failed");
    assertThat(seen.path("dataset").asText()).isEqualTo("halved");
    assertThat(seen.path("error").path("code").asText()).isEqualTo("upload_cut_off");
    assertThat(rig.meters.counter("lakehouse.ingest.uploads", "outcome", "cut_off").count())
        .isEqualTo(1);
    assertThat(incoming()).isEmpty();
    assertThat(rig.registry.latest("data.halved-value")).isEmpty();
  }

  private List<Path> incoming() throws IOException {
    Path incoming = Path.of(URI.create(rig.config.objects().uri())).resolve("incoming");
    try (Stream<Path> files = Files.list(incoming)) {
      return files.toList();
    }
  }

  @Test
  void rowsThatDoNotFitAreKeptInQuarantine() {
    rig.awaitRead(rig.upload("fits", "id,n\n1,10\n2,20\n").text("id"));
    Answer more = rig.upload("fits", "ID,n,extra\n3,30,x\n4,forty,y\n5,50\n6,60,\"z\nz\"\n");
    JsonNode view = rig.awaitRead(more.text("id"));
    assertThat(view.path("rows").path("read").asInt()).isEqualTo(4);
    assertThat(view.path("rows").path("quarantined").asInt()).isEqualTo(2);
    JsonNode first = rig.get("/ingest/" + more.text("id") + "/quarantine?limit=1").body();
    assertThat(first.path("items").get(0).path("code").asText()).isEqualTo("misfit");
    assertThat(first.path("items").get(0).path("row").asInt()).isEqualTo(2);
    assertThat(first.path("items").get(0).path("raw").asText()).isEqualTo("4,forty,y");
    JsonNode second =
        rig.get(
                "/ingest/"
                    + more.text("id")
                    + "/quarantine?limit=1&cursor="
                    + first.path("cursor").asText())
            .body();
    assertThat(second.path("items").get(0).path("code").asText()).isEqualTo("ragged");
    assertThat(rig.rows("fits").stream().map(row -> row.get("id"))).containsExactly(1L, 2L, 3L, 6L);
    assertThat(rig.rows("fits").get(3)).containsEntry("extra", "z\nz");

    JsonNode refused = rig.awaitRead(rig.upload("fits", "id,n\nx,1\ny,2\n3,3\n").text("id"));
    assertThat(refused.path("state").asText()).isEqualTo("rejected");
    assertThat(refused.path("error").path("code").asText()).isEqualTo("schema_misfit");
    assertThat(refused.path("error").path("hint").asText())
        .contains("column 'id' from bigint to string");
  }
}
