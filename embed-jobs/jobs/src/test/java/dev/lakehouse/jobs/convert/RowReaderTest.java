package dev.lakehouse.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every Avro type becomes the column and the value that it should. */
class RowReaderTest {
  private static Schema record(String fieldType) {
    return new Schema.Parser()
        .parse(
            """
            {"type":"record","name":"r","fields":[{"name":"f","type":%s}]}"""
                .formatted(fieldType));
  }

  private static byte[] bytes(Schema schema, Object value) throws IOException {
    GenericRecord record = new GenericData.Record(schema);
    record.put("f", value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Type column(Schema schema) throws MisfitException {
    return AvroColumns.of(schema, Set.of()).fields().get(0).type();
  }

  private static @Nullable Object read(Schema schema, Object value) throws Exception {
    Types.StructType table = AvroColumns.of(schema, Set.of());
    return RowReader.compile(schema, table, Set.of(), true)
        .read(bytes(schema, value), 0)
        .get(0, Object.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"int\"|7|7|int",
        "{\"type\":\"int\",\"logicalType\":\"date\"}|19000|19000|date",
        "{\"type\":\"int\",\"logicalType\":\"time-millis\"}|1500|1500000|time",
      })
  void ints(String type, int value, long read, String column) throws Exception {
    assertThat(column(record(type))).hasToString(column);
    assertThat(((Number) value(record(type), value)).longValue()).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "long||1099511627776|1099511627776|long",
        "long|time-micros|7|7|time",
        "long|timestamp-millis|1500|1500000|timestamptz",
        "long|timestamp-micros|1500123|1500123|timestamptz",
        "long|timestamp-nanos|1500000|1500|timestamptz",
        "long|local-timestamp-millis|-1|-1000|timestamp",
        "long|local-timestamp-micros|-1|-1|timestamp",
      })
  void longs(String type, @Nullable String logical, long value, long read, String column)
      throws Exception {
    Schema schema =
        record(
            logical == null
                ? "\"" + type + "\""
                : "{\"type\":\"%s\",\"logicalType\":\"%s\"}".formatted(type, logical));
    assertThat(column(schema)).hasToString(column);
    assertThat(value(schema, value)).isEqualTo(read);
  }

  private static Object value(Schema schema, Object value) throws Exception {
    Object read = read(schema, value);
    assertThat(read).isNotNull();
    return read == null ? "" : read;
  }

  @Test
  void scalars() throws Exception {
    assertThat(value(record("\"boolean\""), true)).isEqualTo(true);
    assertThat(value(record("\"float\""), 0.5f)).isEqualTo(0.5f);
    assertThat(value(record("\"double\""), 0.25)).isEqualTo(0.25);
    assertThat(value(record("\"string\""), "Grüße 🐦")).hasToString("Grüße 🐦");
    assertThat(value(record("\"bytes\""), ByteBuffer.wrap(new byte[] {1, 2})))
        .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    Schema symbols = record("{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\",\"B\"]}");
    Schema symbol = symbols.getField("f").schema();
    assertThat(value(symbols, new GenericData.EnumSymbol(symbol, "B"))).hasToString("B");
    UUID uuid = UUID.randomUUID();
    Schema id = record("{\"type\":\"string\",\"logicalType\":\"uuid\"}");
    assertThat(value(id, uuid.toString())).isEqualTo(uuid);
    Schema money =
        record("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}");
    assertThat(column(money)).hasToString("decimal(9, 2)");
    byte[] unscaled = new BigDecimal("-123.45").unscaledValue().toByteArray();
    assertThat(value(money, ByteBuffer.wrap(unscaled))).isEqualTo(new BigDecimal("-123.45"));
  }

  @Test
  void nestedValues() throws Exception {
    Schema list = record("{\"type\":\"array\",\"items\":[\"null\",\"string\"]}");
    assertThat((List<?>) value(list, Arrays.asList("a", null, "b")))
        .extracting(String::valueOf)
        .containsExactly("a", "null", "b");
    Schema map = record("{\"type\":\"map\",\"values\":\"long\"}");
    assertThat(List.copyOf(((Map<?, ?>) value(map, Map.of("k", 5L))).values()).get(0))
        .isEqualTo(5L);
  }

  @Test
  void structs() throws Exception {
    Schema schema =
        record(
            """
            {"type":"record","name":"s","fields":[{"name":"a","type":"int"},
             {"name":"b","type":["null","string"]}]}""");
    GenericRecord inner = new GenericData.Record(schema.getField("f").schema());
    inner.put("a", 3);
    StructLike struct = (StructLike) value(schema, inner);
    assertThat(struct.get(0, Integer.class)).isEqualTo(3);
    assertThat(struct.get(1, Object.class)).isNull();
  }

  @Test
  void aNullableUnionIsAnOptionalColumnInEitherOrder() throws Exception {
    for (String type : List.of("[\"null\",\"int\"]", "[\"int\",\"null\"]")) {
      Schema schema = record(type);
      assertThat(AvroColumns.of(schema, Set.of()).fields().get(0).isOptional()).isTrue();
      assertThat(read(schema, 5)).isEqualTo(5);
    }
  }

  @Test
  void whatHasNoColumnIsAMisfitThatNamesIt() {
    for (String type :
        List.of(
            "[\"int\",\"string\"]",
            "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":60,\"scale\":2}",
            "[\"null\",\"r\"]")) {
      assertThatThrownBy(() -> column(record(type)))
          .isInstanceOf(MisfitException.class)
          .hasMessageContaining("'f'");
    }
  }

  @Test
  void valuesThatATableCannotHoldAreMisfits() {
    Schema nanos = record("{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"}");
    assertThatThrownBy(() -> read(nanos, 1500001L)).isInstanceOf(MisfitException.class);
    Schema uuid = record("{\"type\":\"string\",\"logicalType\":\"uuid\"}");
    assertThatThrownBy(() -> read(uuid, "no uuid")).isInstanceOf(MisfitException.class);
    Schema millis = record("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}");
    assertThatThrownBy(() -> read(millis, Long.MAX_VALUE)).isInstanceOf(MisfitException.class);
  }

  @Test
  void bytesThatAreNotOfTheSchemaAreRefused() throws Exception {
    Schema schema = record("\"string\"");
    Types.StructType table = AvroColumns.of(schema, Set.of());
    RowReader reader = RowReader.compile(schema, table, Set.of(), true);
    byte[] good = bytes(schema, "text");
    assertThatThrownBy(() -> reader.read(Arrays.copyOf(good, good.length - 1), 0))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> reader.read(Arrays.copyOf(good, good.length + 1), 0))
        .isInstanceOf(IOException.class);
    byte[] notUtf8 = good.clone();
    notUtf8[2] = (byte) 0xff;
    assertThatThrownBy(() -> reader.read(notUtf8, 0)).isInstanceOf(IOException.class);
    assertThat(reader.read(good, 0).get(0, Object.class)).hasToString("text");
  }

  @Test
  void anIntegerFitsIntoAWiderColumn() throws Exception {
    Schema schema = record("\"int\"");
    Types.StructType table =
        Types.StructType.of(Types.NestedField.required(1, "f", Types.LongType.get()));
    Row row = RowReader.compile(schema, table, Set.of(), true).read(bytes(schema, 5), 0);
    assertThat(row.get(0, Object.class)).isEqualTo(5L);
  }
}
