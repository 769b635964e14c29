package dev.lakehouse.ingest.schema;

import dev.lakehouse.ingest.schema.SchemaEvolution.Evolved;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.registry.SchemaRegistry.Registered;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes sure that a dataset has its topic and its schema before its first record. Safe for use by
 * many threads; two that bring columns to one dataset take turns.
 */
public final class Datasets {
  private static final int ATTEMPTS = 3;

  private final KafkaClients clients;
  private final Admin admin;
  private final SchemaRegistry registry;
  private final LakeCatalog catalog;
  private final int partitions;
  private final Map<String, String> topics;
  private final Map<String, Object> turns = new ConcurrentHashMap<>();
  private final Map<String, Ready> ready = new ConcurrentHashMap<>();

  public Datasets(
      LakehouseConfig config,
      KafkaClients clients,
      Admin admin,
      SchemaRegistry registry,
      LakeCatalog catalog) {
    this.catalog = catalog;
    this.clients = clients;
    this.admin = admin;
    this.registry = registry;
    this.partitions = config.kafka().partitions();
    this.topics = new HashMap<>();
    config.topics().forEach((topic, dataset) -> topics.put(dataset, topic));
  }

  /**
   * A dataset that records can be written to.
   *
   * @param topic name of its topic
   * @param topicId Kafka's id of that topic
   * @param partitions how many partitions the topic has
   * @param schemaId the registry's id of the schema
   * @param keys what its records are keyed by
   */
  public record Ready(
      String topic, String topicId, int partitions, int schemaId, Schema schema, RecordKeys keys) {}

  /**
   * A dataset that takes the columns.
   *
   * @param fields the Avro field of each column, in order
   */
  public record Prepared(Ready dataset, List<String> fields) {}

  /** The dataset's topic. */
  public String topic(DatasetName dataset) {
    return topics.getOrDefault(dataset.value(), Topics.data(dataset));
  }

  /** Whether the topic is the dataset's own, and not one that the configuration maps to it. */
  public boolean ownsTopic(DatasetName dataset) {
    return !topics.containsKey(dataset.value());
  }

  /** The key columns that the dataset was declared with; none if it is append-only. */
  public List<String> keyColumns(DatasetName dataset) {
    return catalog.table(dataset).map(TableKeys::of).orElse(List.of());
  }

  /**
   * What the dataset's records are keyed by.
   *
   * @param value the schema of their values
   */
  public RecordKeys keys(DatasetName dataset, Schema value) {
    return keys(dataset, keyColumns(dataset), value);
  }

  private RecordKeys keys(DatasetName dataset, List<String> columns, Schema value) {
    return columns.isEmpty()
        ? RecordKeys.NONE
        : RecordKeys.of(registry, topic(dataset) + "-key", columns, value);
  }

  /** What was last prepared for the dataset in this process; its schema is still a valid one. */
  public Optional<Ready> lastPrepared(DatasetName dataset) {
    return Optional.ofNullable(ready.get(dataset.value()));
  }

  /** Forgets what is known of a dataset, after its topic was missed. */
  public void forget(DatasetName dataset) {
    ready.remove(dataset.value());
  }

  /** The newest schema of the dataset, or empty if it has none yet. */
  public Optional<Schema> schema(DatasetName dataset) {
    return registry.latest(topic(dataset) + "-value").map(Registered::schema);
  }

  /**
   * The dataset as it is, or empty if it has no topic or no schema.
   *
   * @throws RegistryException.Unavailable if the registry does not answer: try again
   * @throws KafkaException if the broker does not answer: try again
   */
  public Optional<Ready> current(DatasetName dataset) {
    String topic = topic(dataset);
    return describe(topic)
        .flatMap(
            described ->
                registry
                    .latest(topic + "-value")
                    .map(
                        latest ->
                            new Ready(
                                topic,
                                described.topicId().toString(),
                                described.partitions().size(),
                                latest.id(),
                                latest.schema(),
                                keys(dataset, latest.schema()))));
  }

  /**
   * Creates the topic and registers the schema as far as the columns need it.
   *
   * @throws RegistryException.Incompatible if the registry's rule refuses the new columns
   * @throws RegistryException.Unavailable if the registry does not answer: try again
   * @throws KafkaException if the broker does not answer: try again
   */
  public Prepared prepare(DatasetName dataset, List<Column> columns) {
    synchronized (turns.computeIfAbsent(dataset.value(), name -> new Object())) {
      String topic = topic(dataset);
      TopicDescription described = ensure(dataset);
      List<String> keys = keyColumns(dataset);
      String subject = topic + "-value";
      for (int attempt = 1; ; attempt++) {
        Optional<Registered> latest = registry.latest(subject);
        Evolved evolved =
            SchemaEvolution.evolve(dataset.value(), latest.map(Registered::schema), columns, keys);
        try {
          int id =
              latest
                  .filter(has -> has.schema().equals(evolved.schema()))
                  .map(Registered::id)
                  .orElseGet(() -> registry.register(subject, evolved.schema()));
          Ready made =
              new Ready(
                  topic,
                  described.topicId().toString(),
                  described.partitions().size(),
                  id,
                  evolved.schema(),
                  keys(dataset, keys, evolved.schema()));
          ready.put(dataset.value(), made);
          return new Prepared(made, evolved.fields());
        } catch (RegistryException.Incompatible raced) {
          if (attempt == ATTEMPTS) {
            throw raced;
          }
        }
      }
    }
  }

  /**
   * The dataset's topic, made if need be.
   *
   * @throws KafkaException if the broker does not answer
   */
  public TopicDescription ensure(DatasetName dataset) {
    String topic = topic(dataset);
    Optional<TopicDescription> there = describe(topic);
    if (there.isPresent()) {
      return there.get();
    }
    NewTopic wanted = Topics.dataTopic(dataset, partitions);
    NewTopic named =
        new NewTopic(topic, Optional.of(wanted.numPartitions()), Optional.empty())
            .configs(wanted.configs());
    clients.create(admin, List.of(named));
    for (int attempt = 1; ; attempt++) {
      Optional<TopicDescription> made = describe(topic);
      if (made.isPresent()) {
        return made.get();
      } else if (attempt == 100) {
        throw new KafkaException("topic " + topic + " was created and does not appear");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for a topic", e);
    }
  }

  /** The topic as the broker has it, or empty if there is none. */
  public Optional<TopicDescription> describe(String topic) {
    try {
      return Optional.ofNullable(
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new KafkaException("topic " + topic + " cannot be described", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while describing topic " + topic, e);
    }
  }
}
