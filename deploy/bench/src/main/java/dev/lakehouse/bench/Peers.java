package dev.lakehouse.bench;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** What the product is held against: a plain Kafka producer and plain DuckDB. */
final class Peers {
  private Peers() {}

  static KafkaClients kafka(Stack stack) {
    return new KafkaClients(LakehouseConfig.defaults().kafka().at(stack.bootstrap()));
  }

  /** Writes rows in the Confluent wire format for a topic, registering their schema once. */
  static ConfluentWire.Writer<Object> writer(Stack stack, String topic) {
    SchemaRegistry registry = new SchemaRegistry(stack.registry(), Map.of());
    return ConfluentWire.Writer.generic(
        registry.register(topic + "-value", Rows.SCHEMA), Rows.SCHEMA);
  }

  /** Milliseconds that a plain idempotent producer takes for rows 0 to {@code count - 1}. */
  static double produce(Stack stack, String topic, long count) {
    ConfluentWire.Writer<Object> writer = writer(stack, topic);
    try (Sender sender = new Sender(kafka(stack), Map.of("batch.size", 1 << 18, "linger.ms", 20))) {
      long start = System.nanoTime();
      for (long id = 0; id < count; id++) {
        sender.send(topic, writer.write(Rows.row(id)));
      }
      sender.flush();
      return (System.nanoTime() - start) / 1e6;
    }
  }

  /** A DuckDB with as many threads as the product's engine has by default. */
  static Connection duckdb() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 2");
    }
    return connection;
  }

  /** Milliseconds that DuckDB takes to copy the CSV file into a Parquet file. */
  static double copy(Connection duckdb, Path csv, Path parquet) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_csv('"
              + csv
              + "')) TO '"
              + parquet
              + "' (FORMAT parquet, COMPRESSION zstd)");
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
