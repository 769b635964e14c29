package dev.lakehouse.schemas.kafka;

import dev.lakehouse.schemas.config.KafkaConfig;
import dev.lakehouse.schemas.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Builds every Kafka client. Keys and values are bytes; {@link Topic#values} turns them into
 * records. Each client belongs to its caller, who closes it.
 */
public class KafkaClients {
  private final KafkaConfig config;

  /**
   * @param config with its bootstrap servers known
   */
  public KafkaClients(KafkaConfig config) {
    if (config.embedded()) {
      throw new IllegalArgumentException("kafka.bootstrap is not known yet");
    }
    this.config = config;
  }

  /** What every client is given, for libraries that build their own. */
  public final Properties common() {
    Properties properties = new Properties();
    properties.putAll(config.properties());
    properties.put("bootstrap.servers", config.bootstrap());
    return properties;
  }

  public Admin admin() {
    return Admin.create(common());
  }

  /** An idempotent producer that answers after all in-sync replicas have the record. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, ?> overrides) {
    Map<String, Object> settings = new HashMap<>();
    common().forEach((key, value) -> settings.put(key.toString(), value));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.putAll(overrides);
    return open(settings);
  }

  /** Every producer comes from here; who wants one that fails now and then overrides it. */
  protected KafkaProducer<byte[], byte[]> open(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A producer whose records count only once their transaction commits. Opening a second one with
   * the same id fences the first.
   *
   * <p>One request is under way at a time: while the end of the last transaction goes on, the
   * broker puts off the first batch of the next and refuses a second one as out of order, after
   * which the producer of Kafka 4.3.1 was seen to spin until its time was up.
   */
  public KafkaProducer<byte[], byte[]> transactional(String id, Map<String, ?> overrides) {
    Map<String, Object> settings = new HashMap<>(overrides);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return producer(settings);
  }

  /**
   * A consumer that sees only committed records, commits nothing by itself and starts at the first.
   * It is closed at once, since it is in no group that would have to know.
   */
  public KafkaConsumer<byte[], byte[]> consumer(Map<String, ?> overrides) {
    Map<String, Object> settings = new HashMap<>();
    common().forEach((key, value) -> settings.put(key.toString(), value));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.putAll(overrides);
    return new Consumer(settings);
  }

  /**
   * The same for who looks here and there in what is written already: before it goes elsewhere it
   * waits for its last fetch, which the broker would hold for half a second at a topic's end.
   */
  public KafkaConsumer<byte[], byte[]> reader(Map<String, ?> overrides) {
    Map<String, Object> settings = new HashMap<>(overrides);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    return consumer(settings);
  }

  /**
   * Kafka's own close asks the broker to end the fetch session and is heard only after the last
   * fetch, which is held for half a second where there is nothing new. The broker forgets the
   * session by itself.
   */
  private static final class Consumer extends KafkaConsumer<byte[], byte[]> {
    Consumer(Map<String, Object> settings) {
      super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
      close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  /**
   * Creates the topics that do not exist yet.
   *
   * @throws KafkaException if the broker refuses or does not answer
   */
  public void create(Admin admin, Collection<NewTopic> topics) {
    admin
        .createTopics(topics)
        .values()
        .forEach((name, created) -> awaitCreated(name, created::get));
  }

  /** Creates one topic of the house unless it exists. */
  public void create(Admin admin, Topic<?> topic) {
    create(admin, List.of(topic.toCreate()));
  }

  private interface Waiting {
    void await() throws InterruptedException, ExecutionException;
  }

  private static void awaitCreated(String name, Waiting created) {
    try {
      created.await();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException("topic " + name + " cannot be created", e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while creating topic " + name, e);
    }
  }
}
