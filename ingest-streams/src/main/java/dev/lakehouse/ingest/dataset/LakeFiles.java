package dev.lakehouse.ingest.dataset;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.TableNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables and their files, told from others of the same name by their uuid. Each call may be made
 * again and then does nothing more.
 */
final class LakeFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LakeFiles.class);
  private static final int ATTEMPTS = 10;

  private final LakeCatalog catalog;

  LakeFiles(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  Optional<Table> find(DatasetName name) {
    return catalog.table(name);
  }

  /** The table of this name and uuid. */
  private Optional<Table> find(DatasetName name, String tableId) {
    return catalog.table(name).filter(table -> table.uuid().toString().equals(tableId));
  }

  /** Takes the table out of the catalog; its files stay. */
  void drop(DatasetName name, String tableId) {
    if (find(name, tableId).isPresent()) {
      catalog.catalog().dropTable(TableNames.of(name), false);
    }
  }

  /** Deletes all that is in a dropped table's directory, unless a table is there. */
  void deleteFiles(String location) {
    if (location.isEmpty()) {
      return;
    }
    for (DatasetName other : catalog.datasets()) {
      String used = catalog.table(other).map(Table::location).orElse("");
      if (used.equals(location) || used.startsWith(location + "/")) {
        LOG.warn("the files in {} stay, for table {} has its own there", location, other);
        return;
      }
    }
    try (FileIO files = catalog.files()) {
      if (files instanceof SupportsPrefixOperations prefixes) {
        prefixes.deletePrefix(location + "/");
      } else {
        LOG.warn("the files in {} stay, for the storage cannot delete by prefix", location);
      }
    }
  }

  /**
   * Gives the table its new name.
   *
   * @throws org.apache.iceberg.exceptions.AlreadyExistsException if another has it
   */
  void rename(DatasetName from, DatasetName to, String tableId) {
    if (!from.equals(to) && find(from, tableId).isPresent()) {
      catalog.catalog().renameTable(TableNames.of(from), TableNames.of(to));
    }
  }

  /**
   * Lets a renamed table be taken over by its new topic: it says no topic and no offsets any more.
   *
   * @param incarnation the topic id that it says, unless that was done before
   * @param more properties that it gets with that
   */
  void letGo(DatasetName name, String tableId, String incarnation, Map<String, String> more) {
    Optional<Table> found = find(name, tableId);
    if (found.isEmpty()) {
      return;
    }
    TableOperations operations = ((HasTableOperations) found.get()).operations();
    for (int attempt = 0; ; attempt++) {
      TableMetadata base = operations.refresh();
      if (!incarnation.equals(base.properties().get(LandedState.TOPIC_ID))) {
        return;
      }
      Map<String, String> properties = new HashMap<>(base.properties());
      properties.remove(LandedState.TOPIC);
      properties.remove(LandedState.TOPIC_ID);
      properties.remove(LandedState.OFFSETS);
      properties.putAll(more);
      try {
        operations.commit(base, base.replaceProperties(properties));
        return;
      } catch (CommitFailedException raced) {
        if (attempt >= ATTEMPTS) {
          throw raced;
        }
      } catch (NoSuchTableException gone) {
        return;
      }
    }
  }
}
