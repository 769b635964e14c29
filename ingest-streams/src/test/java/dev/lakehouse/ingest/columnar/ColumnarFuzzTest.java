package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.Mutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** No file, however damaged, does more than be refused or have its rows counted. */
class ColumnarFuzzTest {
  private static final int ROWS = 200;
  private static final List<byte[]> AVRO = avro();
  private static final List<byte[]> PARQUET = parquet();

  private static List<byte[]> avro() {
    Schema schema =
        AvroFormatTest.schema(
            """
            {"name":"id","type":"long"},
            {"name":"name","type":["null","string","int"]},
            {"name":"list","type":{"type":"array","items":["null","long"]}},
            {"name":"m","type":{"type":"map","values":"double"}},
            {"name":"cost","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
            {"name":"day","type":{"type":"int","logicalType":"date"}}
            """);
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          AvroFormatTest.row(
              schema,
              (long) i,
              i % 2 == 0 ? "n" + i : i,
              List.of(1L, 2L),
              Map.of("k", 0.5),
              java.nio.ByteBuffer.wrap(new byte[] {1, 2}),
              i));
    }
    try {
      return List.of(
          AvroFormatTest.file(schema, CodecFactory.nullCodec(), rows),
          AvroFormatTest.file(schema, CodecFactory.deflateCodec(6), rows),
          AvroFormatTest.file(schema, CodecFactory.snappyCodec(), rows),
          AvroFormatTest.file(schema, CodecFactory.zstandardCodec(3), rows));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<byte[]> parquet() {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message m {
              required int64 id;
              optional binary name (STRING);
              optional int32 cost (DECIMAL(9,2));
              required int64 at (TIMESTAMP(NANOS,true));
              optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
            }
            """);
    List<Consumer<Group>> rows =
        IntStream.range(0, ROWS)
            .<Consumer<Group>>mapToObj(
                i ->
                    group -> {
                      group.append("id", (long) i).append("name", "n" + i % 7).append("cost", i);
                      group.append("at", i * 1_000L);
                      group.addGroup("tags").addGroup("list").append("element", "t");
                    })
            .toList();
    List<byte[]> files = new ArrayList<>();
    try {
      for (WriterVersion version : WriterVersion.values()) {
        for (CompressionCodecName codec :
            List.of(
                CompressionCodecName.UNCOMPRESSED,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.ZSTD)) {
          Path path = Files.createTempFile("fuzz", ".parquet");
          Files.delete(path);
          ParquetFormatTest.write(path, schema, codec, version, rows);
          files.add(Files.readAllBytes(path));
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return files;
  }

  private static byte[] damaged(List<byte[]> files, long seed) {
    return Mutation.of(files.get((int) Math.floorMod(seed, (long) files.size())), seed);
  }

  @Property(tries = 500)
  void damagedAvro(@ForAll long seed) {
    Mutation.mustBeReadOrRefused(ColumnarFormat.avro(), damaged(AVRO, seed));
  }

  @Property(tries = 500)
  void damagedParquet(@ForAll long seed) {
    Mutation.mustBeReadOrRefused(ColumnarFormat.parquet(), damaged(PARQUET, seed));
  }

  @Property(tries = 100_000)
  @Tag("full")
  void muchDamagedAvro(@ForAll long seed) {
    Mutation.mustBeReadOrRefused(ColumnarFormat.avro(), damaged(AVRO, seed));
  }

  @Property(tries = 50_000)
  @Tag("full")
  void muchDamagedParquet(@ForAll long seed) {
    Mutation.mustBeReadOrRefused(ColumnarFormat.parquet(), damaged(PARQUET, seed));
  }
}
