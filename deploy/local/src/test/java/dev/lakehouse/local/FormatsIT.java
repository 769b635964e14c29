package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that say what they hold, from the upload to the answer of a query. */
class FormatsIT {
  private static final int ROWS = 1000;

  @TempDir static Path dir;

  private static LakehouseProcess lakehouse;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    lakehouse = LakehouseProcess.up(dir.resolve("data"));
    client = lakehouse.client();
  }

  @AfterAll
  static void stop() {
    lakehouse.close();
  }

  private static void upload(String name, String content) throws IOException {
    Path file = dir.resolve(name);
    Files.writeString(file, content);
    uploadAll(file);
  }

  private static void uploadAll(Path file) {
    Answers.Ingest ingest = LandedRows.upload(client, file);
    assertThat(ingest.state()).isEqualTo("done");
    assertThat(ingest.rows()).isEqualTo(new Answers.Rows(ROWS, ROWS, 0));
  }

  @Test
  void anArrayOfObjectsBecomesATable() throws IOException {
    upload(
        "films.json",
        IntStream.range(0, ROWS)
            .mapToObj(
                n ->
                    "{\"Title\":"
                        + (n % 100 == 0 ? n : "\"film " + n + "\"")
                        + ",\"US Gross\":"
                        + n * 3
                        + ",\"Rating\":"
                        + (n % 4 == 0 ? "null" : n % 4 + ".5")
                        + ",\"by\":{\"name\":\"d"
                        + n % 7
                        + "\"},\"cast\":[\"a\",\"b"
                        + n
                        + "\"],\"awards\":[{\"year\":"
                        + n
                        + "}]}")
            .collect(Collectors.joining(",\n", "[", "]")));

    assertThat(
            LandedRows.one(
                client,
                "SELECT count(*), count(DISTINCT Title), sum(\"US Gross\"), count(Rating),"
                    + " count(DISTINCT \"by.name\"), sum(cardinality(\"cast\")),"
                    + " sum(CAST(json_extract_scalar(awards, '$[0].year') AS BIGINT))"
                    + " FROM lake.films"))
        .containsExactly("1000", "1000", "1498500", "750", "7", "2000", "499500");
  }

  @Test
  void aFeatureCollectionBecomesATableOfItsFeatures() throws IOException {
    upload(
        "quakes.geojson",
        IntStream.range(0, ROWS)
            .mapToObj(
                n ->
                    "{\"type\":\"Feature\",\"properties\":{\"mag\":"
                        + n / 2.0
                        + ",\"time\":1517966773840},\"geometry\":{\"type\":\"Point\",\"coordinates\":["
                        + n
                        + ",-1.5]}}")
            .collect(
                Collectors.joining(
                    ",", "{\"type\":\"FeatureCollection\",\"n\":1,\"features\":[", "]}")));

    assertThat(
            LandedRows.one(
                client,
                "SELECT count(*), sum(\"properties.mag\"), sum(\"geometry.coordinates\"[1]),"
                    + " min(\"properties.time\") FROM lake.quakes"))
        .containsExactly("1000", "249750.0", "499500.0", "1517966773840");
  }

  @Test
  void aParquetFileOfAnotherWriterBecomesATable() throws SQLException {
    Path file = dir.resolve("sales.parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT i::BIGINT AS id, (i / 4)::DECIMAL(18,2) AS cost, DATE '2024-01-01' + i::INT"
              + " AS sold, TIMESTAMP '2024-01-01 10:00:00' + to_seconds(i) AS at, [i, i + 1] AS"
              + " pair, {'region': 'r' || (i % 5), 'n': {'x': i}} AS place, CASE WHEN i % 10 = 0"
              + " THEN NULL ELSE 'note ' || i END AS note, gen_random_uuid() AS uid, MAP {'k': i}"
              + " AS attributes FROM range("
              + ROWS
              + ") t(i)) TO '"
              + file
              + "' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)");
    }
    uploadAll(file);

    assertThat(
            LandedRows.one(
                client,
                "SELECT count(*), sum(id), sum(cost), max(sold), max(\"at\"), sum(pair[2]),"
                    + " count(DISTINCT \"place.region\"), sum(\"place.n.x\"), count(note),"
                    + " count(DISTINCT uid),"
                    + " sum(CAST(json_extract_scalar(attributes, '$.k') AS BIGINT))"
                    + " FROM lake.sales"))
        .containsExactly(
            "1000",
            "499500",
            "124875.00",
            "2026-09-26",
            "2024-01-01T10:16:39",
            "500500",
            "5",
            "499500",
            "900",
            "1000",
            "499500");
  }

  @Test
  void anAvroFileBecomesATable() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"reading","fields":[
                  {"name":"id","type":"long"},
                  {"name":"sensor","type":["null","string"]},
                  {"name":"value","type":"double"},
                  {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
                  {"name":"tags","type":{"type":"array","items":"string"}}]}
                """);
    Path file = dir.resolve("readings.avro");
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.zstandardCodec(3));
      writer.create(schema, file.toFile());
      for (int i = 0; i < ROWS; i++) {
        GenericData.Record row = new GenericData.Record(schema);
        row.put("id", (long) i);
        if (i % 2 == 0) {
          row.put("sensor", "s" + i % 4);
        }
        row.put("value", i / 8.0);
        row.put("at", 1_704_103_200_000L + i);
        row.put("tags", List.of("t", "u" + i));
        writer.append(row);
      }
    }
    uploadAll(file);

    assertThat(
            LandedRows.one(
                client,
                "SELECT count(*), sum(id), count(DISTINCT sensor), sum(\"value\"), max(\"at\"),"
                    + " count(DISTINCT tags[2]) FROM lake.readings"))
        .containsExactly("1000", "499500", "2", "62437.5", "2024-01-01T10:00:00.999Z", "1000");
  }
}
