package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.LogRecord;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.topic.Topics;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The graph of the upkeep: the topic of runs, from its beginning → the one that does them. */
public final class MaintainGraph {
  /** There is one topic to be found, and it is there but for the first start of all. */
  private static final int LESS_OFTEN = 10;

  private MaintainGraph() {}

  /** What was asked for and how it went, of old and from now on. */
  public static DataStream<LogRecord> runs(StreamExecutionEnvironment env, LakehouseConfig config) {
    Properties properties = new KafkaClients(config.kafka()).common();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        Long.toString(config.landing().discovery().multipliedBy(LESS_OFTEN).toMillis()));
    properties.put(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false");
    KafkaSource<LogRecord> source =
        KafkaSource.<LogRecord>builder()
            .setProperties(properties)
            .setClientIdPrefix("maintain")
            .setKafkaSubscriber(new PresentTopic(Topics.MAINTAIN.name()))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new LogRecords())
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "runs").uid("runs");
  }

  /** Does the runs, and keeps tables fast by itself. */
  public static void maintain(DataStream<LogRecord> runs, LakehouseConfig config) {
    runs.transform("maintain", Types.VOID, new MaintainOperator(config))
        .uid("maintain")
        .setParallelism(1)
        .setMaxParallelism(1);
  }
}
