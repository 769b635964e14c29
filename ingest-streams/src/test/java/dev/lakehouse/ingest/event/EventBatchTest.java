package dev.lakehouse.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.schema.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What columns a body of events has, and how its results are kept. */
class EventBatchTest {
  private static Map<String, String> types(String body) {
    return new EventBatch(EventBody.parse(body.getBytes(UTF_8), Optional.empty()))
        .columns().stream().collect(Collectors.toMap(Column::name, column -> name(column.type())));
  }

  private static String name(Schema type) {
    return type.getType() == Schema.Type.ARRAY
        ? "list of " + type.getElementType().getTypes().get(1).getName()
        : type.getName();
  }

  @Test
  void typesAreWhatAllValuesFit() {
    assertThat(types("[{\"n\":1,\"d\":1,\"b\":true,\"m\":1,\"z\":null},{\"d\":1.5,\"m\":\"x\"}]"))
        .isEqualTo(Map.of("n", "long", "d", "double", "b", "boolean", "m", "string"));
  }

  @Test
  void objectsAreFlattenedAndListsKept() {
    assertThat(
            types(
                "{\"a\":{\"b\":{\"c\":1}},\"l\":[1,2.5,null],\"o\":[{\"x\":1}],\"x\":[1,\"a\"],\"e\":[]}"))
        .isEqualTo(
            Map.of(
                "a.b.c",
                "long",
                "l",
                "list of double",
                "o",
                "string",
                "x",
                "string",
                "e",
                "list of string"));
  }

  @Test
  void aPrettyPrintedObjectIsOneEvent() {
    assertThat(EventBody.parse("{\n \"a\": 1\n}\n".getBytes(UTF_8), Optional.empty())).hasSize(1);
  }

  @Test
  void resultsComeBackFromTheirRuns() {
    List<EventResult> results =
        List.of(
            EventResult.accepted(0, 17),
            EventResult.accepted(0, 18),
            EventResult.rejected("misfit", "why"),
            EventResult.rejected("misfit", "why"),
            EventResult.accepted(1, 19));
    String kept = ResultRuns.write(results);
    assertThat(kept).contains("\"n\":2");
    assertThat(ResultRuns.read(kept)).isEqualTo(results);
  }
}
