package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.LogRecord;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The graph of the landing: source → writer, each partition in one of them → the one committer. */
public final class LandGraph {
  private LandGraph() {}

  /** The records of all topics that are datasets, those that come to be included. */
  public static DataStream<LogRecord> records(
      StreamExecutionEnvironment env, LakehouseConfig config) {
    Properties properties = new KafkaClients(config.kafka()).common();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        Long.toString(config.landing().discovery().toMillis()));
    properties.put(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false");
    KafkaSource<LogRecord> source =
        KafkaSource.<LogRecord>builder()
            .setProperties(properties)
            .setClientIdPrefix("land")
            .setKafkaSubscriber(new DataTopics(config))
            .setStartingOffsets(new RecordedOffsets(config))
            .setDeserializer(new LogRecords())
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "topics").uid("topics");
  }

  /** Lands the records in their tables. */
  public static void land(DataStream<LogRecord> records, LakehouseConfig config) {
    records
        .transform(
            "write",
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
            new WriteOperator(config))
        .uid("write")
        .setBufferTimeout(0)
        .transform("commit", Types.VOID, new CommitOperator(config))
        .uid("commit")
        .disableChaining()
        .setParallelism(1)
        .setMaxParallelism(1);
  }
}
