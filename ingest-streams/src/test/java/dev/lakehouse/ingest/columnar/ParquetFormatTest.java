package dev.lakehouse.ingest.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.format.FormatReading;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetFormatTest {
  private static final MessageType SIMPLE =
      MessageTypeParser.parseMessageType(
          "message m { required int64 id; optional binary name (STRING); }");

  @TempDir private Path dir;
  private final ColumnarFormat format = ColumnarFormat.parquet();

  private byte[] file(MessageType schema, List<Consumer<Group>> rows) throws IOException {
    return file(schema, CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, rows);
  }

  private byte[] file(
      MessageType schema,
      CompressionCodecName codec,
      WriterVersion version,
      List<Consumer<Group>> rows)
      throws IOException {
    Path path = Files.createTempFile(dir, "rows", ".parquet");
    Files.delete(path);
    write(path, schema, codec, version, rows);
    return Files.readAllBytes(path);
  }

  static void write(
      Path path,
      MessageType schema,
      CompressionCodecName codec,
      WriterVersion version,
      List<Consumer<Group>> rows)
      throws IOException {
    SimpleGroupFactory factory = new SimpleGroupFactory(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(codec)
            .withWriterVersion(version)
            .withRowGroupSize(64L << 10)
            .withPageSize(4 << 10)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = factory.newGroup();
        row.accept(group);
        writer.write(group);
      }
    }
  }

  private static List<Consumer<Group>> simple(int count) {
    return IntStream.range(0, count)
        .<Consumer<Group>>mapToObj(
            i ->
                group -> {
                  group.add("id", (long) i);
                  if (i % 3 != 0) {
                    group.add("name", "n" + i);
                  }
                })
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

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void everyCodecAndPageVersionIsRead(CompressionCodecName codec) throws IOException {
    for (WriterVersion version : WriterVersion.values()) {
      FormatReading read = read(file(SIMPLE, codec, version, simple(30_000)));
      assertThat(read.columns()).containsExactly("id long", "name string?");
      assertThat(read.rows()).hasSize(30_000);
      assertThat(read.values("id").get(29_999)).isEqualTo("29999");
      assertThat(read.values("name").subList(0, 3)).containsExactly("null", "n1", "n2");
    }
  }

  @Test
  void logicalTypesKeepTheirMeaning() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message m {
              required int32 i8 (INTEGER(8,true));
              required int32 u32 (INTEGER(32,false));
              required int64 u64 (INTEGER(64,false));
              required int32 day (DATE);
              required int32 tms (TIME(MILLIS,true));
              required int64 tns (TIME(NANOS,true));
              required int64 at (TIMESTAMP(MILLIS,true));
              required int64 clock (TIMESTAMP(MICROS,false));
              required int64 fine (TIMESTAMP(NANOS,false));
              required int64 whole (TIMESTAMP(NANOS,true));
              required int96 old;
              required int32 d9 (DECIMAL(9,2));
              required int64 d18 (DECIMAL(18,3));
              required binary d30 (DECIMAL(30,4));
              required fixed_len_byte_array(16) uid (UUID);
              required binary kind (ENUM);
              required binary json (JSON);
              required binary raw;
              required fixed_len_byte_array(2) half (FLOAT16);
              required float f;
              required double d;
              required boolean b;
            }
            """);
    ByteBuffer old = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    old.putLong(1_000L).putInt(2_440_588 + 19_723);
    byte[] file =
        file(
            schema,
            List.of(
                row ->
                    row.append("i8", -5)
                        .append("u32", -1)
                        .append("u64", -1L)
                        .append("day", 19_723)
                        .append("tms", 1)
                        .append("tns", 2_000L)
                        .append("at", 1_704_103_200_001L)
                        .append("clock", 1_704_103_200_000_001L)
                        .append("fine", 1_704_103_200_000_000_001L)
                        .append("whole", 1_704_103_200_000_001_000L)
                        .append("old", Binary.fromConstantByteArray(old.array()))
                        .append("d9", -12_345)
                        .append("d18", 1L)
                        .append("d30", Binary.fromConstantByteArray(new byte[] {(byte) 0xFF}))
                        .append("uid", Binary.fromConstantByteArray(new byte[16]))
                        .append("kind", "A")
                        .append("json", "{\"a\": 1}")
                        .append("raw", Binary.fromConstantByteArray(new byte[] {1}))
                        .append("half", Binary.fromConstantByteArray(new byte[] {0x00, 0x3C}))
                        .append("f", 0.5f)
                        .append("d", Double.NaN)
                        .append("b", true)));
    FormatReading read = read(file);
    assertThat(read.columns())
        .containsExactly(
            "i8 int",
            "u32 long",
            "u64 decimal(20,0)",
            "day date",
            "tms time-micros",
            "tns time-micros",
            "at timestamp-micros",
            "clock local-timestamp-micros",
            "fine string",
            "whole timestamp-micros",
            "old local-timestamp-micros",
            "d9 decimal(9,2)",
            "d18 decimal(18,3)",
            "d30 decimal(30,4)",
            "uid string",
            "kind string",
            "json string",
            "raw bytes",
            "half float",
            "f float",
            "d double",
            "b boolean");
    assertThat(read.values("u32")).containsExactly("4294967295");
    assertThat(read.values("tns")).containsExactly("2");
    assertThat(read.values("at")).containsExactly("1704103200001000");
    assertThat(read.values("fine")).containsExactly("2024-01-01T10:00:00.000000001");
    assertThat(read.values("old")).containsExactly("1704067200000001");
    assertThat(read.values("half")).containsExactly("1.0");
    assertThat(read.values("uid")).containsExactly("00000000-0000-0000-0000-000000000000");
    assertThat(read.misfits()).isEmpty();
  }

  @Test
  void nestedFieldsAreFlattened() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message m {
              optional group a { required int32 b; optional group c { optional binary d (STRING); } }
              optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
              optional group old (LIST) { repeated int32 array; }
              repeated int64 bare;
              optional group rows (LIST) { repeated group list { optional group element { optional int32 x; } } }
              optional group m (MAP) { repeated group key_value { required binary key (STRING); optional int32 value; } }
            }
            """);
    byte[] file =
        file(
            schema,
            List.of(
                row -> {
                  row.addGroup("a").append("b", 1).addGroup("c").append("d", "x");
                  Group tags = row.addGroup("tags");
                  tags.addGroup("list").append("element", "t");
                  tags.addGroup("list");
                  row.addGroup("old").append("array", 1).append("array", 2);
                  row.append("bare", 5L).append("bare", 6L);
                  row.addGroup("rows").addGroup("list").addGroup("element").append("x", 1);
                  row.addGroup("m").addGroup("key_value").append("key", "k").append("value", 2);
                },
                row -> {}));
    FormatReading read = read(file);
    assertThat(read.columns())
        .containsExactly(
            "a.b int?",
            "a.c.d string?",
            "tags list(string)?",
            "old list(int)?",
            "bare list(long)",
            "rows string?",
            "m string?");
    assertThat(read.values("tags")).containsExactly("[t, null]", "null");
    assertThat(read.values("old")).containsExactly("[1, 2]", "null");
    assertThat(read.values("bare")).containsExactly("[5, 6]", "[]");
    assertThat(read.values("rows")).containsExactly("[{\"x\":1}]", "null");
    assertThat(read.values("m")).containsExactly("{\"k\":2}", "null");
  }

  @Test
  void aTableWithoutRowsHasItsColumns() throws IOException {
    FormatReading read = read(file(SIMPLE, List.of()));
    assertThat(read.columns()).containsExactly("id long", "name string");
    assertThat(read.profile().rows()).isZero();
  }

  @Test
  void damageIsAnError() throws IOException {
    byte[] file = file(SIMPLE, simple(20_000));
    assertThat(refused(Arrays.copyOf(file, file.length / 2)))
        .satisfies(e -> assertThat(e.code()).isEqualTo("corrupt"))
        .hasMessageNotContaining("tmp");
    byte[] flipped = file.clone();
    flipped[file.length / 3] ^= 0x55;
    assertThat(refused(flipped).code()).isEqualTo("corrupt");
    assertThat(refused("PAR1PAR1".getBytes(java.nio.charset.StandardCharsets.UTF_8)).code())
        .isEqualTo("corrupt");
    byte[] encrypted = file.clone();
    encrypted[file.length - 1] = 'E';
    encrypted[3] = 'E';
    assertThat(refused(encrypted).code()).isEqualTo("encrypted");
  }
}
