package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.MisfitException;
import dev.lakehouse.jobs.convert.SchemaFit;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The tables of datasets: finds, makes and widens them. */
public final class LandedTables {
  private static final int ATTEMPTS = 10;
  private static final int FORMAT_VERSION = 2;

  static final Map<String, String> SETTINGS =
      Map.of(
          TableProperties.FORMAT_VERSION, Integer.toString(FORMAT_VERSION),
          TableProperties.PARQUET_COMPRESSION, "zstd",
          TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
          TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20",
          TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "20");

  private final LakeCatalog catalog;
  private final LogReader log;

  public LandedTables(LakeCatalog catalog, LogReader log) {
    this.catalog = catalog;
    this.log = log;
  }

  /**
   * The dataset's table, if there is one. One that was declared and never landed to is taken over:
   * from then on it says how far it has read.
   *
   * @throws StoppedException if it belongs to another topic, or has no place for landing's columns
   */
  public Optional<Table> find(Source source) throws StoppedException {
    Optional<Table> table = catalog.table(source.dataset());
    if (table.isPresent()) {
      if (!table.get().properties().containsKey(LandedState.OFFSETS)) {
        adopt(table.get(), source);
      }
      check(table.get(), source);
    }
    return table;
  }

  /** Another landing took the table over a moment ago. */
  private static final class AdoptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdoptedException() {
      super("the table says already how far it has read");
    }
  }

  /**
   * Compare-and-set, so that nobody's later offsets are set back. An empty snapshot goes with the
   * properties: by a REST catalog two commits exclude each other only if both make one.
   */
  private void adopt(Table table, Source source) throws StoppedException {
    if (!MetadataColumns.NAMES.stream()
        .allMatch(name -> table.schema().asStruct().field(name) != null)) {
      throw new StoppedException(
          "table_refuses",
          "table "
              + table.name()
              + " was neither declared nor made by a landing: it lacks the columns "
              + String.join(", ", MetadataColumns.NAMES));
    }
    Map<String, String> properties = new HashMap<>(SETTINGS);
    properties.remove(TableProperties.FORMAT_VERSION);
    properties.putAll(start(source));
    properties.keySet().removeAll(table.properties().keySet());
    Transaction transaction = table.newTransaction();
    try {
      transaction
          .newFastAppend()
          .validateWith(
              ancestors -> {
                if (transaction.table().properties().containsKey(LandedState.OFFSETS)) {
                  throw new AdoptedException();
                }
                return true;
              })
          .commit();
      UpdateProperties update = transaction.updateProperties();
      properties.forEach(update::set);
      update.commit();
      transaction.commitTransaction();
    } catch (AdoptedException raced) {
      // As good as ours.
    }
    table.refresh();
  }

  /** What a table says that has read nothing of its topic. */
  private Map<String, String> start(Source source) throws StoppedException {
    LogReader.TopicState topic = log.states(List.of(source.topic())).get(source.topic());
    if (topic == null) {
      throw new StoppedException(
          "topic_recreated", "topic " + source.topic() + " is gone before its table was landed to");
    }
    Map<Integer, Long> starts = new HashMap<>();
    topic.partitions().forEach((partition, range) -> starts.put(partition, range.start()));
    return Map.of(
        LandedState.TOPIC, source.topic(),
        LandedState.TOPIC_ID, topic.id(),
        LandedState.OFFSETS, new OffsetVector(starts).toString(),
        LandedState.QUARANTINED, "0");
  }

  /**
   * The dataset's table, made with these columns if there is none. A new table starts at what the
   * topic has: what was deleted from it before is nobody's promise.
   */
  public Table findOrCreate(Source source, Types.StructType columns) throws StoppedException {
    Optional<Table> found = find(source);
    if (found.isPresent()) {
      return found.get();
    }
    Map<String, String> properties = new HashMap<>(SETTINGS);
    properties.putAll(start(source));
    try {
      return catalog
          .newTable(source.dataset(), withMetadata(columns))
          .withProperties(properties)
          .create();
    } catch (AlreadyExistsException raced) {
      return find(source).orElseThrow(() -> raced);
    }
  }

  /**
   * Tells holes that markers and aborted records leave from one that a shortened log leaves. The
   * log's start only grows, so one look after the last record behind a hole tells of all before.
   *
   * @param holes partition → the first offset that did not come
   * @throws StoppedException with code {@code offset_gap} if the log starts behind one of them and
   *     nobody else landed what is gone
   */
  public void refuseGaps(Source source, Map<Integer, Long> holes) throws StoppedException {
    LogReader.TopicState topic = log.states(List.of(source.topic())).get(source.topic());
    if (topic == null) {
      return;
    }
    for (Map.Entry<Integer, Long> hole : holes.entrySet()) {
      int partition = hole.getKey();
      long start = topic.partitions().getOrDefault(partition, new Range(0, 0)).start();
      if (start > hole.getValue() && start > recorded(source).of(partition)) {
        throw StoppedException.gap(source.topic(), partition, hole.getValue(), start);
      }
    }
  }

  private OffsetVector recorded(Source source) throws StoppedException {
    return find(source)
        .flatMap(LandedState::of)
        .map(LandedState::offsets)
        .orElse(OffsetVector.NONE);
  }

  /**
   * Changes the table, if need be, so that the columns fit into it.
   *
   * @throws MisfitException if they cannot
   */
  public void widen(Table table, Types.StructType columns) throws MisfitException {
    for (int attempt = 0; ; attempt++) {
      SchemaFit fit = SchemaFit.of(table.schema(), columns);
      if (fit.fits()) {
        return;
      }
      table.refresh();
      try {
        UpdateSchema update = table.updateSchema();
        SchemaFit.of(table.schema(), columns).addTo(update);
        update.commit();
        return;
      } catch (CommitFailedException raced) {
        if (attempt >= ATTEMPTS) {
          throw raced;
        }
        table.refresh();
      } catch (IllegalArgumentException refused) {
        throw new MisfitException("the table refuses the columns: " + refused.getMessage());
      }
    }
  }

  private static Schema withMetadata(Types.StructType columns) {
    List<NestedField> fields = new ArrayList<>(columns.fields());
    int highest =
        org.apache.iceberg.types.TypeUtil.indexById(columns).keySet().stream()
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0);
    fields.addAll(MetadataColumns.fields(highest + 1));
    return new Schema(fields);
  }

  private static void check(Table table, Source source) throws StoppedException {
    LandedState state = LandedState.of(table).orElseThrow();
    if (!state.topic().equals(source.topic())) {
      throw new StoppedException(
          "table_refuses",
          "topics "
              + state.topic()
              + " and "
              + source.topic()
              + " are both dataset "
              + source.dataset()
              + ", which is fed by the first; give the second another name in [topics]");
    }
    KeyColumns.of(table);
  }
}
