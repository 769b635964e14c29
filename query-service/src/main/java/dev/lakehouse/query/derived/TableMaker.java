package dev.lakehouse.query.derived;

import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableNames;
import dev.lakehouse.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the subject, the table and the topic of a derived dataset, and takes them away again. */
final class TableMaker {
  /** One, so that rows keep the query's order and what is older than what is told by one offset. */
  private static final int PARTITIONS = 1;

  private final KafkaClients clients;
  private final SchemaRegistry registry;
  private final LakeCatalog catalog;
  private final Map<String, String> mapped;

  /**
   * @param mapped the configuration's {@code [topics]}: topic → dataset
   */
  TableMaker(
      KafkaClients clients,
      SchemaRegistry registry,
      LakeCatalog catalog,
      Map<String, String> mapped) {
    this.clients = clients;
    this.registry = registry;
    this.catalog = catalog;
    this.mapped = mapped;
  }

  /** Whether there is a dataset of this name. */
  boolean exists(DatasetName name) {
    return catalog.table(name).isPresent();
  }

  /**
   * Refuses a name that a dataset or a topic has.
   *
   * @throws ProblemException 409 {@code dataset_exists}
   * @throws KafkaException if the broker does not answer
   */
  void refuseTaken(DatasetName name) {
    String topic = Topics.data(name);
    if (exists(name)) {
      throw taken("there is a dataset '" + name + "'");
    } else if (mapped.containsKey(topic) || mapped.containsValue(name.value())) {
      throw taken("[topics] of the configuration has to do with '" + name + "'");
    }
    try (Admin admin = clients.admin()) {
      Set<String> topics = admin.listTopics().names().get();
      if (topics.contains(topic)) {
        throw taken("there is a topic " + topic);
      }
    } catch (ExecutionException e) {
      throw new KafkaException("the broker does not list its topics", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static ProblemException taken(String why) {
    return Problem.of(409, "dataset_exists", "The name is taken", why)
        .hint("take another name, or delete the dataset that has it")
        .toException();
  }

  /** The definition's table, or empty if there is none, or another of its name. */
  Optional<Table> find(DerivedTable definition) {
    return catalog
        .table(new DatasetName(definition.getName()))
        .filter(table -> definition.getId().equals(table.properties().get(Generations.PROPERTY)));
  }

  /** Whether the table that was made for it is there, whatever it is by now. */
  boolean isThere(DerivedTable definition) {
    return catalog
        .table(new DatasetName(definition.getName()))
        .filter(table -> table.uuid().toString().equals(definition.getTableId()))
        .isPresent();
  }

  /**
   * Makes what is missing. The table comes before the topic, so that nothing lands but in it.
   *
   * @return the table's uuid
   * @throws ProblemException 409 if the name is taken, or the registry refuses the columns
   * @throws KafkaException if the broker does not answer: asking again is safe
   * @throws RegistryException if the registry does not answer: asking again is safe
   */
  String make(DerivedTable definition, Columns columns) {
    DatasetName name = new DatasetName(definition.getName());
    var unused = register(name, columns);
    Table table = find(definition).orElseGet(() -> create(definition, name, columns));
    try (Admin admin = clients.admin()) {
      clients.create(admin, List.of(Topics.dataTopic(name, PARTITIONS)));
    }
    return table.uuid().toString();
  }

  /**
   * The registry's id of the columns' schema.
   *
   * @throws ProblemException 409 {@code schema_conflict} if they do not go with those of before
   */
  int register(DatasetName name, Columns columns) {
    try {
      return registry.register(Topics.dataSubject(name), columns.avro());
    } catch (RegistryException.Incompatible e) {
      throw Problem.of(
              409,
              "schema_conflict",
              "The columns are others than they were",
              String.valueOf(e.getMessage()))
          .hint("cast the columns to the types that they had, or end the table and define it anew")
          .toException();
    }
  }

  private Table create(DerivedTable definition, DatasetName name, Columns columns) {
    try {
      return catalog
          .newTable(name, columns.iceberg())
          .withProperty(TableProperties.FORMAT_VERSION, "2")
          .withProperty(Generations.PROPERTY, definition.getId())
          .create();
    } catch (AlreadyExistsException raced) {
      throw taken("dataset '" + name + "' got its table a moment ago");
    }
  }

  /**
   * Takes away all that there is of a dataset that was never filled.
   *
   * @throws KafkaException if the broker does not answer
   */
  void drop(DerivedTable definition) {
    DatasetName name = new DatasetName(definition.getName());
    deleteTopic(Topics.data(name));
    Optional<Table> table = find(definition);
    if (table.isPresent()) {
      String location = table.get().location();
      catalog.catalog().dropTable(TableNames.of(name), false);
      try (FileIO files = catalog.files()) {
        if (files instanceof SupportsPrefixOperations prefixes) {
          prefixes.deletePrefix(location + "/");
        }
      }
    }
    registry.delete(Topics.dataSubject(name));
  }

  private void deleteTopic(String topic) {
    try (Admin admin = clients.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw new KafkaException("topic " + topic + " cannot be deleted", e.getCause());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static KafkaException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new KafkaException("interrupted while asking the broker", e);
  }
}
