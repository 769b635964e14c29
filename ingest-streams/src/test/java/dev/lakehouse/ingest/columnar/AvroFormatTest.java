package dev.lakehouse.ingest.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.format.FormatReading;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFormatTest {
  private static final Schema SIMPLE =
      schema(
          """
          {"name": "id", "type": "long"}, {"name": "name", "type": ["null", "string"]}
          """);
  private final ColumnarFormat format = ColumnarFormat.avro();

  static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"row\",\"fields\":[" + fields + "]}");
  }

  static byte[] file(Schema schema, CodecFactory codec, List<?> rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(codec);
      writer.create(schema, bytes);
      for (Object row : rows) {
        writer.append(row);
      }
    }
    return bytes.toByteArray();
  }

  static GenericData.Record row(Schema schema, @Nullable Object... values) {
    GenericData.Record row = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      row.put(i, values[i]);
    }
    return row;
  }

  private static List<GenericData.Record> simple(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> row(SIMPLE, (long) i, i % 3 == 0 ? null : "n" + i))
        .toList();
  }

  private FormatReading read(byte[] file) throws IOException {
    return FormatReading.of(format, file, Map.of(), Optional.empty());
  }

  private UnreadableFileException refused(byte[] file) throws IOException {
    try {
      read(file);
    } catch (UnreadableFileException e) {
      return e;
    }
    throw new AssertionError("was read");
  }

  @Test
  void decimalsOfAbsurdlyManyDigitsAreRefused() throws IOException {
    Schema schema =
        schema(
            """
            {"name":"c","type":{"type":"bytes","logicalType":"decimal",
             "precision":2000000000,"scale":2000000000}}
            """);
    byte[] file =
        file(
            schema,
            CodecFactory.nullCodec(),
            List.of(row(schema, ByteBuffer.wrap(new byte[] {1}))));
    assertThat(refused(file).code()).isEqualTo("unsupported_type");
  }

  @Test
  void rowsThatTakeNoBytesAreFew() throws IOException {
    Schema nothing = Schema.create(Schema.Type.NULL);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(nothing))) {
      writer.create(nothing, bytes);
    }
    byte[] sync = Arrays.copyOfRange(bytes.toByteArray(), bytes.size() - 16, bytes.size());
    BinaryEncoder block = EncoderFactory.get().directBinaryEncoder(bytes, null);
    block.writeLong(1L << 62);
    block.writeLong(0);
    bytes.writeBytes(sync);
    assertThat(refused(bytes.toByteArray())).hasMessageContaining("rows in 0 bytes");
  }

  @Test
  void recordsWithinThemselvesEndSomewhere() throws IOException {
    Schema chain =
        schema(
            """
            {"name":"id","type":"int"}, {"name":"next","type":["null","row"]}
            """);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(chain))) {
      writer.create(chain, bytes);
      writer.appendEncoded(chained(100_000));
    }
    assertThat(refused(bytes.toByteArray())).hasMessageContaining("nested deeper than 500");

    ByteArrayOutputStream shallow = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(chain))) {
      writer.create(chain, shallow);
      for (int i = 0; i < 600; i++) {
        writer.appendEncoded(chained(3));
      }
    }
    assertThat(read(shallow.toByteArray()).values("next"))
        .hasSize(600)
        .containsOnly("{\"id\":1,\"next\":{\"id\":1,\"next\":null}}");
  }

  /** So many records, each within the one before. */
  private static ByteBuffer chained(int records) {
    byte[] bytes = new byte[2 * records];
    Arrays.fill(bytes, (byte) 2);
    bytes[bytes.length - 1] = 0;
    return ByteBuffer.wrap(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
  void everyCodecIsRead(String codec) throws IOException {
    FormatReading read = read(file(SIMPLE, CodecFactory.fromString(codec), simple(10_000)));
    assertThat(read.columns()).containsExactly("id long", "name string?");
    assertThat(read.rows()).hasSize(10_000);
    assertThat(read.values("name").subList(0, 3)).containsExactly("null", "n1", "n2");
  }

  @Test
  void logicalTypesKeepTheirMeaning() throws IOException {
    Schema schema =
        schema(
            """
            {"name":"day","type":{"type":"int","logicalType":"date"}},
            {"name":"tod","type":{"type":"int","logicalType":"time-millis"}},
            {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
            {"name":"clock","type":{"type":"long","logicalType":"local-timestamp-micros"}},
            {"name":"fine","type":{"type":"long","logicalType":"timestamp-nanos"}},
            {"name":"whole","type":{"type":"long","logicalType":"timestamp-nanos"}},
            {"name":"cost","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
            {"name":"wide","type":{"type":"bytes","logicalType":"decimal","precision":50,"scale":2}},
            {"name":"uid","type":{"type":"string","logicalType":"uuid"}},
            {"name":"span","type":{"type":"fixed","name":"d","size":12,"logicalType":"duration"}},
            {"name":"suit","type":{"type":"enum","name":"s","symbols":["HEARTS","CLUBS"]}},
            {"name":"raw","type":"bytes"},
            {"name":"small","type":"int"},
            {"name":"f","type":"float"}
            """);
    ByteBuffer span = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    span.putInt(1).putInt(2).putInt(3_500);
    byte[] file =
        file(
            schema,
            CodecFactory.nullCodec(),
            List.of(
                row(
                    schema,
                    19_782,
                    3_600_000,
                    1_704_103_200_000L,
                    1_704_103_200_000_001L,
                    1_704_103_200_000_000_001L,
                    1_704_103_200_000_001_000L,
                    ByteBuffer.wrap(new BigInteger("-12345").toByteArray()),
                    ByteBuffer.wrap(BigInteger.TEN.pow(45).toByteArray()),
                    "123e4567-e89b-12d3-a456-426614174000",
                    new GenericData.Fixed(schema.getField("span").schema(), span.array()),
                    new GenericData.EnumSymbol(schema.getField("suit").schema(), "CLUBS"),
                    ByteBuffer.wrap(new byte[] {1, 2}),
                    7,
                    0.5f)));
    FormatReading read = read(file);
    assertThat(read.columns())
        .containsExactly(
            "day date",
            "tod time-micros",
            "at timestamp-micros",
            "clock local-timestamp-micros",
            "fine string",
            "whole timestamp-micros",
            "cost decimal(9,2)",
            "wide string",
            "uid string",
            "span string",
            "suit string",
            "raw bytes",
            "small int",
            "f float");
    assertThat(read.values("tod")).containsExactly("3600000000");
    assertThat(read.values("at")).containsExactly("1704103200000000");
    assertThat(read.values("fine")).containsExactly("2024-01-01T10:00:00.000000001Z");
    assertThat(read.values("whole")).containsExactly("1704103200000001");
    assertThat(read.values("wide"))
        .containsExactly(new BigDecimal(BigInteger.TEN.pow(45), 2).toPlainString());
    assertThat(read.values("span")).containsExactly("P1M2DT3.5S");
    assertThat(read.values("suit")).containsExactly("CLUBS");
  }

  @Test
  void nestedFieldsAreFlattenedAndUnionsBecomeText() throws IOException {
    Schema schema =
        schema(
            """
            {"name":"a","type":["null",{"type":"record","name":"inner","fields":[
              {"name":"b","type":"int"},
              {"name":"list","type":{"type":"array","items":["null","long"]}}]}]},
            {"name":"m","type":{"type":"map","values":"double"}},
            {"name":"rs","type":{"type":"array","items":"inner"}},
            {"name":"u","type":["null","string","int","boolean"]},
            {"name":"n","type":["int","long"]},
            {"name":"self","type":{"type":"record","name":"node","fields":[
              {"name":"v","type":"int"},{"name":"next","type":["null","node"]}]}}
            """);
    Schema inner = schema.getField("a").schema().getTypes().get(1);
    Schema node = schema.getField("self").schema();
    GenericData.Record full = row(inner, 1, Arrays.asList(1L, null));
    FormatReading read =
        read(
            file(
                schema,
                CodecFactory.nullCodec(),
                List.of(
                    row(
                        schema,
                        full,
                        Map.of("k", 1.5),
                        List.of(full),
                        "x",
                        1,
                        row(node, 1, row(node, 2, row(node, 3, (Object) null)))),
                    row(schema, null, Map.of(), List.of(), 7, 2L, row(node, 1, (Object) null)))));
    assertThat(read.columns())
        .containsExactly(
            "a.b int?",
            "a.list list(long)?",
            "m string",
            "rs string",
            "u string",
            "n long",
            "self.v int",
            "self.next string?");
    assertThat(read.values("a.list")).containsExactly("[1, null]", "null");
    assertThat(read.values("m")).containsExactly("{\"k\":1.5}", "{}");
    assertThat(read.values("rs")).containsExactly("[{\"b\":1,\"list\":[1,null]}]", "[]");
    assertThat(read.values("u")).containsExactly("x", "7");
    assertThat(read.values("self.next"))
        .containsExactly("{\"v\":2,\"next\":{\"v\":3,\"next\":null}}", "null");
  }

  @Test
  void aTableWithoutRowsHasItsColumns() throws IOException {
    FormatReading read = read(file(SIMPLE, CodecFactory.nullCodec(), List.of()));
    assertThat(read.columns()).containsExactly("id long", "name string");
    assertThat(read.profile().rows()).isZero();
  }

  @Test
  void theTypesOfADatasetWin() throws IOException {
    Schema existing =
        schema(
            """
            {"name":"id","type":["null","int"]},{"name":"name","type":["null",{"type":"int","logicalType":"date"}]}
            """);
    FormatReading read =
        FormatReading.of(
            format,
            file(
                SIMPLE,
                CodecFactory.nullCodec(),
                List.of(row(SIMPLE, 1L, "2024-01-01"), row(SIMPLE, 2L, "soon"))),
            Map.of(),
            Optional.of(existing));
    assertThat(read.values("id")).containsExactly("1");
    assertThat(read.values("name")).containsExactly("19723");
    assertThat(read.misfits().get(0).reason())
        .isEqualTo("row 2: 'soon' in column 'name' is not of its type, date");
    assertThat(new String(read.raw().get(0), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":2,\"name\":\"soon\"}");
  }

  @Test
  void damageIsAnError() throws IOException {
    byte[] file = file(SIMPLE, CodecFactory.deflateCodec(6), simple(20_000));
    assertThat(refused(Arrays.copyOf(file, file.length / 2)).code()).isEqualTo("corrupt");
    byte[] flipped = file.clone();
    flipped[file.length / 2] ^= 0x55;
    assertThat(refused(flipped).code()).isEqualTo("corrupt");
    assertThat(refused(new byte[] {'O', 'b', 'j', 1, 2, 3}).code()).isEqualTo("corrupt");
  }
}
