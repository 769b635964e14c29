package dev.lakehouse.ingest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What people give for a row becomes a record, or they are told why not. */
class CorrectedValuesTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "r", "fields": [
                {"name": "id", "type": "long"},
                {"name": "small", "type": ["null", "int"], "default": null},
                {"name": "ok", "type": ["null", "boolean"], "default": null},
                {"name": "share", "type": ["null", "double"], "default": null},
                {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal",
                                                    "precision": 9, "scale": 2}], "default": null},
                {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}],
                 "default": null},
                {"name": "note", "type": ["null", "string"], "default": null,
                 "lakehouse.name": "The Note"}]}
              """);
  private static final List<String> ALL =
      List.of("id", "small", "ok", "share", "price", "day", "The Note");

  private final CorrectedValues values = new CorrectedValues(SCHEMA);

  private GenericRecord encode(String json, List<String> columns) throws KeptException {
    ReplayBody body =
        ReplayBody.parse(
            ("{\"rows\": [{\"entry\": \"0-1\", \"values\": " + json + "}]}").getBytes(UTF_8));
    Correction correction = ((ReplayBody.Rows) body).rows().get(0).correction();
    return values.encode(((Correction.Values) correction).columns(), columns);
  }

  @Test
  void numbersAndTruthMayBeTexts() throws KeptException {
    GenericRecord record =
        encode(
            """
            {"ID": "9007199254740993", "small": " 7 ", "ok": "TRUE", "share": "1e-3",
             "price": "12.5", "day": "2024-02-29", "the note": "007"}
            """,
            ALL);
    assertThat(record.get("id")).isEqualTo(9_007_199_254_740_993L);
    assertThat(record.get("small")).isEqualTo(7);
    assertThat(record.get("ok")).isEqualTo(true);
    assertThat(record.get("share")).isEqualTo(0.001);
    assertThat(record.get("price"))
        .isEqualTo(ByteBuffer.wrap(new BigDecimal("12.50").unscaledValue().toByteArray()));
    assertThat(record.get("day")).isEqualTo(19_782);
    assertThat(record.get("note")).isEqualTo("007");
  }

  @Test
  void whatIsNotOfItsTypeOrForgottenIsSaid() {
    assertKept("{\"id\": \"1.5\"}", List.of("id"), "misfit");
    assertKept("{\"id\": 1, \"small\": \"3000000000\"}", List.of("id"), "misfit");
    assertKept("{\"id\": 1, \"price\": \"1.005\"}", List.of("id"), "misfit");
    assertKept("{\"id\": 1, \"day\": \"2023-02-29\"}", List.of("id"), "misfit");
    assertKept("{\"id\": null}", List.of("id"), "misfit");
    assertKept("{\"id\": 1, \"other\": 1}", List.of("id"), "misfit");
    assertKept("{\"id\": 1, \"ID\": 2}", List.of("id"), "duplicate_field");
    assertKept("{\"id\": 1}", ALL, "columns_missing");
  }

  private void assertKept(String json, List<String> columns, String code) {
    assertThatThrownBy(() -> encode(json, columns))
        .isInstanceOfSatisfying(
            KeptException.class, kept -> assertThat(kept.code()).as(json).isEqualTo(code));
  }
}
