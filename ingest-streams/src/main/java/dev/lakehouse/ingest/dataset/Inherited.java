package dev.lakehouse.ingest.dataset;

import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.table.FormerFindings;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** What a renamed dataset takes along of what was known of its columns. */
final class Inherited {
  private Inherited() {}

  /** Whether the finding says something of every row of a table that has read this far. */
  static boolean isWhole(ColumnFinding finding, OffsetVector recorded) {
    Map<Integer, Long> seen = new HashMap<>();
    finding.getOffsets().forEach((part, next) -> seen.put(Integer.valueOf(part), next));
    return finding.getComplete()
        && finding.getFieldId() != null
        && new OffsetVector(seen).reaches(recorded);
  }

  /** The field ids of what the classifier looks at: the primitive parts of the user's columns. */
  static List<Integer> leaves(Schema schema) {
    List<Integer> leaves = new ArrayList<>();
    for (NestedField column : schema.columns()) {
      if (!MetadataColumns.contains(column.name())) {
        add(column.fieldId(), column.type(), leaves);
      }
    }
    return leaves;
  }

  private static void add(int id, Type type, List<Integer> leaves) {
    if (type.isNestedType()) {
      type.asNestedType().fields().forEach(field -> add(field.fieldId(), field.type(), leaves));
    } else {
      leaves.add(id);
    }
  }

  /** Whether a table that has read this far has read nothing. */
  static boolean isNothing(OffsetVector recorded) {
    return recorded.next().values().stream().allMatch(next -> next == 0);
  }

  /**
   * What the table is to say of its rows, as properties: of a column without a finding, that
   * nothing is known; nothing new where no row came since it was last renamed.
   */
  static Map<String, String> of(Table table, List<ColumnFinding> findings) {
    OffsetVector recorded =
        LandedState.of(table).map(LandedState::offsets).orElse(OffsetVector.NONE);
    return findings.isEmpty() && isNothing(recorded)
        ? Map.of()
        : Map.of(FormerFindings.PROPERTY, of(table.schema(), findings).toString());
  }

  private static FormerFindings of(Schema schema, List<ColumnFinding> findings) {
    Map<Integer, String> kinds = new HashMap<>();
    leaves(schema).forEach(id -> kinds.put(id, FormerFindings.UNKNOWN));
    int version = 0;
    for (ColumnFinding finding : findings) {
      Integer id = finding.getFieldId();
      if (id != null) {
        kinds.computeIfPresent(id, (leaf, unknown) -> finding.getKind().name());
        version = finding.getClassifierVersion();
      }
    }
    return new FormerFindings(version, kinds);
  }

  /**
   * The findings as those of the new topic, of which nothing was seen yet.
   *
   * @param given keys that have a finding already
   */
  static Map<String, ColumnFinding> carried(
      List<ColumnFinding> findings,
      String successor,
      String dataset,
      String topic,
      Set<String> given) {
    Map<String, ColumnFinding> carried = new HashMap<>();
    for (ColumnFinding finding : findings) {
      Integer id = finding.getFieldId();
      String key = Topics.findingKey(successor, id == null ? 0 : id);
      if (id != null && !given.contains(key)) {
        carried.put(
            key,
            ColumnFinding.newBuilder(finding)
                .setDataset(dataset)
                .setTopic(topic)
                .setIncarnation(successor)
                .setFirstOffsets(new HashMap<>())
                .setOffsets(new HashMap<>())
                .build());
      }
    }
    return carried;
  }
}
