package dev.lakehouse.ingest.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it is now, and what of it would be gone.
 *
 * @param rows of its table's data files
 * @param bytes of its table's files
 * @param topic null if it has none
 * @param uploads how many objects are its alone
 * @param uploadBytes of these
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Doomed(
    String dataset,
    long rows,
    long bytes,
    @Nullable String topic,
    int uploads,
    long uploadBytes,
    @JsonIgnore String incarnation,
    @JsonIgnore String topicId,
    @JsonIgnore String tableId,
    @JsonIgnore String location,
    @JsonIgnore String state) {
  static Doomed of(
      DatasetName dataset,
      Optional<Table> table,
      Optional<TopicDescription> topic,
      Map<Integer, Long> ends,
      List<IngestProgress> uploads) {
    Snapshot snapshot = table.map(Table::currentSnapshot).orElse(null);
    Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
    String tableId = table.map(found -> found.uuid().toString()).orElse("");
    String topicId = topic.map(found -> found.topicId().toString()).orElse("");
    String incarnation =
        table
            .flatMap(LandedState::of)
            .map(LandedState::topicId)
            .filter(id -> !id.isEmpty())
            .orElse(topicId.isEmpty() ? "table/" + tableId : topicId);
    return new Doomed(
        dataset.value(),
        Long.parseLong(summary.getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0")),
        Long.parseLong(summary.getOrDefault(SnapshotSummary.TOTAL_FILE_SIZE_PROP, "0")),
        topic.map(TopicDescription::name).orElse(null),
        uploads.size(),
        uploads.stream().mapToLong(IngestProgress::getBytes).sum(),
        incarnation,
        topicId,
        tableId,
        table.map(Table::location).orElse(""),
        String.join(
            " ",
            incarnation,
            topicId,
            tableId,
            snapshot == null ? "" : Long.toString(snapshot.snapshotId()),
            new TreeMap<>(ends).toString()));
  }

  /** What to send back to have it deleted as it is now; another once it has changed. */
  String confirm() {
    return UUID.nameUUIDFromBytes(state.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** In words. */
  String inWords() {
    return "dataset '"
        + dataset
        + "' with "
        + rows
        + " rows in "
        + bytes
        + " bytes, "
        + (topic == null ? "no topic" : "topic " + topic)
        + " and "
        + uploads
        + " uploaded files of "
        + uploadBytes
        + " bytes that no other dataset uses would be gone";
  }
}
