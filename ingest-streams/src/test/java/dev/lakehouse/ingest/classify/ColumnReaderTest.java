package dev.lakehouse.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class ColumnReaderTest {
  private static final Schema ALL =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "row", "fields": [
                {"name": "id", "type": "long"},
                {"name": "born", "type": ["null", {"type": "int", "logicalType": "date"}]},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "phone", "type": "double"},
                {"name": "ratio", "type": "float"},
                {"name": "ok", "type": "boolean"},
                {"name": "pay", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                {"name": "raw", "type": "bytes"},
                {"name": "size", "type": {"type": "enum", "name": "size", "symbols": ["SMALL", "LARGE"]}},
                {"name": "who", "type": {"type": "record", "name": "who", "fields": [
                  {"name": "mail", "type": ["null", "string"]},
                  {"name": "friend", "type": ["null", "who"]}]}},
                {"name": "phones", "type": {"type": "array", "items": "string"}},
                {"name": "notes", "type": {"type": "map", "values": ["null", "string"]}},
                {"name": "mixed", "type": ["null", "long", "string", {"type": "array", "items": "string"}]},
                {"name": "last", "type": "string"}]}
              """);

  private static byte[] write(GenericData.Record record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static List<String> read(byte[] bytes, int from, int to) {
    ColumnReader reader = new ColumnReader(ALL, Set.of("_kafka_offset"));
    Places places = new Places();
    reader.read(bytes, from, to, places);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Leaf leaf = reader.leaves().get(places.leaf(i));
      found.add(leaf.path() + "=" + leaf.text(bytes, places.value(i), places.length(i)));
    }
    return found;
  }

  private static GenericData.Record record(Object mixed) {
    Schema who = ALL.getField("who").schema();
    GenericData.Record friend = new GenericData.Record(who);
    friend.put("mail", "hidden@example.com");
    GenericData.Record person = new GenericData.Record(who);
    person.put("mail", "a@example.com");
    person.put("friend", friend);
    GenericData.Record record = new GenericData.Record(ALL);
    record.put("id", -4_111_111_111_111_111L);
    record.put("born", (int) LocalDate.of(1971, 2, 3).toEpochDay());
    record.put("at", -1L);
    record.put("phone", 4930123456.0);
    record.put("ratio", 0.5f);
    record.put("ok", true);
    record.put("pay", ByteBuffer.wrap(BigInteger.valueOf(-123_456).toByteArray()));
    record.put("raw", ByteBuffer.wrap("tëxt".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    record.put("size", new GenericData.EnumSymbol(ALL.getField("size").schema(), "LARGE"));
    record.put("who", person);
    record.put("phones", List.of("+1 212 555 0101", ""));
    record.put("notes", Map.of("mail b@example.com", "yes"));
    record.put("mixed", mixed);
    record.put("last", "end");
    return record;
  }

  @Test
  void everyLeafIsFoundUnderItsColumnsPath() throws IOException {
    byte[] bytes = write(record("text"));
    byte[] within = new byte[bytes.length + 20];
    Arrays.fill(within, (byte) 0x7F);
    System.arraycopy(bytes, 0, within, 7, bytes.length);
    assertThat(read(within, 7, 7 + bytes.length))
        .containsExactly(
            "id=-4111111111111111",
            "born=1971-02-03",
            "at=1969-12-31T23:59:59Z",
            "phone=4930123456",
            "ratio=0.5",
            "ok=true",
            "pay=-1234.56",
            "raw=tëxt",
            "size=LARGE",
            "who.mail=a@example.com",
            "phones.element=+1 212 555 0101",
            "phones.element=",
            "notes.key=mail b@example.com",
            "notes.value=yes",
            "mixed=text",
            "last=end");
    assertThat(read(write(record(5L)), 0, write(record(5L)).length))
        .contains("mixed=5", "last=end");
    byte[] list = write(record(List.of("x", "y")));
    assertThat(read(list, 0, list.length)).contains("mixed=x", "mixed=y", "last=end");
  }

  @Test
  void bytesThatEndEarlyAreNoRecord() throws IOException {
    byte[] bytes = write(record("text"));
    for (int to = 0; to < bytes.length; to++) {
      int end = to;
      assertThatThrownBy(() -> read(bytes, 0, end)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
