package dev.lakehouse.local.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that the API answers with, as far as they are used here. */
public final class Answers {
  private Answers() {}

  /**
   * A query's answer.
   *
   * @param rows values in column order
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Result(List<Column> columns, List<List<JsonNode>> rows, Stats stats) {}

  /** One column of an answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Column(String name, String type) {}

  /**
   * What a query took.
   *
   * @param truncated whether there are more rows than were answered
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Stats(long rows, long elapsedMs, boolean truncated) {}

  /** Every key, without the key. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Keys(List<Key> keys) {}

  /**
   * A key, without the key.
   *
   * @param state {@code active}, {@code expired} or {@code revoked}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Key(
      String id,
      String principal,
      String state,
      String createdAt,
      @Nullable String expiresAt,
      @Nullable String lastUsedAt) {}

  /** A key that was just made; the answer is the only one that has it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record MadeKey(String id, String principal, String key, @Nullable String expiresAt) {
    /** Does not print the key. */
    @Override
    public String toString() {
      return "MadeKey[" + id + " of " + principal + "]";
    }
  }

  /** What an upload was taken as. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Accepted(
      String id, @Nullable String duplicateOf, @Nullable String dataset, String state) {
    /** The ingest that the file's rows come from. */
    public String ingestId() {
      return duplicateOf == null ? id : duplicateOf;
    }
  }

  /** How far an ingest is. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Ingest(
      String id,
      @Nullable String dataset,
      String state,
      Rows rows,
      ApiException.@Nullable ProblemBody error) {
    /** Whether nothing more will happen. */
    public boolean isEnded() {
      return switch (state) {
        case "done", "undone", "deleted", "rejected", "failed" -> true;
        default -> false;
      };
    }
  }

  /** Rows of an ingest. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rows(long read, long landed, long quarantined) {}

  /** Some of what is in quarantine. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Entries(List<Entry> items, @Nullable String cursor) {}

  /** One entry of quarantine. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Entry(
      String entry, @Nullable Long row, String code, String reason, @Nullable String raw) {}

  /**
   * What a replay came to.
   *
   * @param results those that were kept
   * @param cursor where to go on, or null
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Replay(long replayed, long kept, List<Kept> results, @Nullable String cursor) {}

  /** An entry that was kept in quarantine. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Kept(String entry, String detail) {}

  /**
   * A page of datasets.
   *
   * @param nextCursor null on the last
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Datasets(List<Described> datasets, @Nullable String nextCursor) {}

  /**
   * A dataset as the catalog describes it.
   *
   * @param rows null, like the other numbers, where rows are hidden from whoever asks
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Described(
      String name,
      List<TableColumn> columns,
      List<String> keys,
      List<Partition> partitions,
      List<Sort> sortOrder,
      @Nullable Long rows,
      @Nullable Long bytes,
      @Nullable String updatedAt,
      @Nullable Long quarantined) {}

  /** A column of a dataset. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record TableColumn(String name, String type, boolean nullable, Sensitivity sensitivity) {}

  /** Whether a column may hold personal data. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sensitivity(String state, @Nullable String kind) {}

  /** What a dataset is partitioned by. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Partition(String column, String transform) {}

  /** What a dataset is sorted by. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sort(String column, String transform, String direction, String nulls) {}

  /**
   * What the policies say of a dataset to a principal.
   *
   * @param filters conditions on rows; null for who may not see them
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Policy(
      String principal,
      String policy,
      String dataset,
      List<String> grants,
      boolean rowFilter,
      @Nullable List<String> filters,
      List<PolicyColumn> columns) {}

  /** What the policies say of a column. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PolicyColumn(String name, String type, String effect, String because) {}

  /** A dataset that was declared. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Declared(String name, String topic) {}

  /** A rename or deletion. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Change(
      String dataset, String kind, @Nullable String to, String state, @Nullable String reason) {
    /** Whether nothing more will be done of it. */
    public boolean isOver() {
      return state.equals("done") || state.equals("given_up");
    }
  }

  /** Renames and deletions. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Changes(List<Change> changes) {}

  /** What {@code GET /status} answers. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Status(
      String version,
      long pid,
      String dataDir,
      Map<String, Integer> ports,
      Health health,
      List<Dataset> datasets) {}

  /** The state of all components. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Health(String status, Map<String, Component> components) {}

  /** The state of one component. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Component(String status, @Nullable String detail) {}

  /** How far one dataset's landing is. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Dataset(
      String dataset, String recorded, String end, long behind, String state, String reason) {}
}
