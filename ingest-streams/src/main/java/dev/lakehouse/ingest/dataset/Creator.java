package dev.lakehouse.ingest.dataset;

import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.DatasetGate.Closing;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.schema.RecordKeys;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableKeys;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.kafka.common.KafkaException;

/**
 * Makes declared datasets: the subjects first, then the table, and the topic last, so that a
 * dataset of which any record can land is declared. One whose making was cut off before the table
 * is not there, and can be declared again; one that was cut off after it gets its topic with the
 * first record.
 */
final class Creator {
  private final DatasetGate gate;
  private final Datasets datasets;
  private final DataTopics topics;
  private final SchemaRegistry registry;
  private final LakeCatalog catalog;

  Creator(
      DatasetGate gate,
      Datasets datasets,
      DataTopics topics,
      SchemaRegistry registry,
      LakeCatalog catalog) {
    this.gate = gate;
    this.datasets = datasets;
    this.topics = topics;
    this.registry = registry;
    this.catalog = catalog;
  }

  /**
   * Makes the dataset.
   *
   * @throws ProblemException 409 if the name is taken
   * @throws KafkaException if the broker does not answer: asking again is safe
   * @throws RegistryException if the registry does not answer: asking again is safe
   */
  Declaration.Shown create(Declaration declared) {
    DatasetName name = declared.name();
    if (!gate.close(name, Closing.DECLARING)) {
      throw DatasetGate.changing(name, Closing.DECLARING).toException();
    }
    try {
      refuseTaken(name);
      String topic = datasets.topic(name);
      int value = registry.register(topic + "-value", declared.value());
      RecordKeys keys =
          declared.keys().isEmpty()
              ? RecordKeys.NONE
              : RecordKeys.of(registry, topic + "-key", declared.keys(), declared.value());
      makeTable(declared);
      datasets.ensure(name);
      datasets.forget(name);
      return declared.shown(topic, value, keys);
    } catch (RegistryException.Incompatible e) {
      throw Problem.of(
              409,
              "schema_conflict",
              "The registry refuses the dataset's schema",
              String.valueOf(e.getMessage()))
          .hint("delete the subject in the registry if it is nobody's, or take another name")
          .toException();
    } finally {
      gate.open(name);
    }
  }

  private void refuseTaken(DatasetName name) {
    if (catalog.table(name).isPresent()) {
      throw taken("dataset '" + name + "' has a table");
    } else if (gate.inside(name) > 0) {
      throw taken("records of dataset '" + name + "' are being written");
    } else if (topics.hasRecords(datasets.topic(name))) {
      throw taken("topic " + datasets.topic(name) + " has records");
    }
  }

  private void makeTable(Declaration declared) {
    Catalog.TableBuilder table =
        catalog
            .newTable(declared.name(), declared.columns())
            .withPartitionSpec(declared.partitions())
            .withSortOrder(declared.order())
            .withProperty(TableProperties.FORMAT_VERSION, "2");
    if (!declared.keys().isEmpty()) {
      table.withProperty(TableKeys.PROPERTY, TableKeys.write(declared.keys()));
    }
    try {
      table.create();
    } catch (AlreadyExistsException raced) {
      throw taken("dataset '" + declared.name() + "' got its table a moment ago");
    }
  }

  static ProblemException taken(String why) {
    return Problem.of(409, "dataset_exists", "The name is taken", why)
        .hint("take another name, or delete the dataset that has it")
        .toException();
  }
}
