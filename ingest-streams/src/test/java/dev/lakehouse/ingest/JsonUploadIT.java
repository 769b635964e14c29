package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** JSON files become records; what cannot be read is kept back or refused, and said where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonUploadIT {
  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = IngestRig.start();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Answer upload(String dataset, String json, Map<String, String> options) {
    Map<String, String> fields = new HashMap<>(options);
    fields.put("dataset", dataset);
    return rig.upload(dataset + ".data", json.getBytes(UTF_8), fields);
  }

  @Test
  void objectsBecomeRecords() {
    Answer answer =
        upload(
            "films",
            "[{\"Title\":\"Seven\",\"US Gross\":1,\"by\":{\"name\":\"F\"},\"tags\":[\"a\",null]},"
                + "{\"Title\":1776,\"US Gross\":2.5}]",
            Map.of());
    JsonNode view = rig.awaitRead(answer.text("id"));
    assertThat(view.path("rows").path("read").asLong()).isEqualTo(2);
    assertThat(view.path("rows").path("quarantined").asLong()).isZero();
    List<Map<String, Object>> rows = rig.rows("films");
    assertThat(rows.get(0)).containsEntry("Title", "Seven").containsEntry("by.name", "F");
    assertThat(rows.get(0).get("tags"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(new Utf8("a"), null);
    assertThat(rows.get(1)).containsEntry("Title", "1776").containsEntry("US Gross", 2.5);
  }

  @Test
  void recordsMayLieWithinAnObject() {
    Answer answer =
        upload("inner", "{\"n\":1,\"rows\":[{\"a\":1},{\"a\":2}]}", Map.of("records", "/rows"));
    assertThat(rig.awaitRead(answer.text("id")).path("rows").path("read").asLong()).isEqualTo(2);
    assertThat(upload("inner", "{}", Map.of("records", "rows")).status()).isEqualTo(400);
  }

  @Test
  void aBadLineIsQuarantinedWithItsBytes() {
    Answer answer = upload("lines", "{\"a\":1}\n{\"a\":2\n{\"a\":3}\n", Map.of());
    JsonNode view = rig.awaitRead(answer.text("id"));
    assertThat(view.path("rows").path("read").asLong()).isEqualTo(3);
    assertThat(view.path("rows").path("quarantined").asLong()).isEqualTo(1);
    JsonNode item =
        rig.get("/ingest/" + answer.text("id") + "/quarantine").body().path("items").path(0);
    assertThat(item.path("code").asText()).isEqualTo("json_truncated");
    assertThat(item.toString()).contains("line 2");
    assertThat(rig.rows("lines")).extracting(row -> row.get("a")).containsExactly(1L, 3L);
  }

  @Test
  void aTruncatedArrayIsRefusedWithItsPlace() {
    JsonNode view = rig.awaitRead(upload("cut", "[{\"a\":1},\n{\"a\":", Map.of()).text("id"));
    assertThat(view.path("state").asText()).isEqualTo("rejected");
    assertThat(view.path("error").path("code").asText()).isEqualTo("json_truncated");
    assertThat(view.path("error").path("detail").asText()).contains("line 2, column");
  }

  @Test
  void anEmptyArrayIsNoRows() {
    JsonNode view = rig.awaitRead(upload("nothing", "[]", Map.of()).text("id"));
    assertThat(view.path("rows").path("read").asLong()).isZero();
    List<String> states = List.of("landing", "done");
    assertThat(view.path("state").asText()).isIn(states);
  }
}
