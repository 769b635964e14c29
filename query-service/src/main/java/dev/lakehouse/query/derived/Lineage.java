package dev.lakehouse.query.derived;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.schemas.event.DerivedSource;
import dev.lakehouse.schemas.event.DerivedTable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset is made of, and what is made of it, directly and by way of others.
 *
 * @param upstream towards where its rows come from, nearest first
 * @param downstream towards what its rows go into, nearest first
 */
record Lineage(String dataset, List<Edge> upstream, List<Edge> downstream) {
  /**
   * That one dataset is made of another.
   *
   * @param snapshotId state of {@code from} that the rows of {@code to} are made of; absent before
   *     its first rows
   * @param run id of the refresh that made them
   * @param sql absent for who may not see it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Edge(
      String from,
      String to,
      @Nullable String snapshotId,
      @Nullable String run,
      @Nullable Instant at,
      @Nullable String sql) {
    private Edge withoutSql() {
      return new Edge(from, to, snapshotId, run, at, null);
    }
  }

  /**
   * Follows the definitions.
   *
   * @param tables of derived tables that are there, or were when others were made of them
   */
  static Lineage of(String dataset, List<DerivedTable> tables) {
    List<Edge> edges = new ArrayList<>();
    for (DerivedTable table : tables) {
      for (DerivedSource source : table.getSources()) {
        String snapshotId = source.getSnapshotId();
        edges.add(
            new Edge(
                source.getDataset(),
                table.getName(),
                snapshotId.isEmpty() ? null : snapshotId,
                table.getGeneration(),
                table.getGenerationAt(),
                table.getSql()));
      }
    }
    return new Lineage(dataset, reached(dataset, edges, true), reached(dataset, edges, false));
  }

  /**
   * What is left of it for somebody.
   *
   * @param reads the datasets that may be known of
   * @param manages the datasets whose queries may be seen
   */
  Lineage seen(Predicate<String> reads, Predicate<String> manages) {
    return new Lineage(dataset, seen(upstream, reads, manages), seen(downstream, reads, manages));
  }

  private static List<Edge> seen(
      List<Edge> edges, Predicate<String> reads, Predicate<String> manages) {
    return edges.stream()
        .filter(edge -> reads.test(edge.from()) && reads.test(edge.to()))
        .map(edge -> manages.test(edge.to()) ? edge : edge.withoutSql())
        .toList();
  }

  private static List<Edge> reached(String dataset, List<Edge> edges, boolean up) {
    List<Edge> reached = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(dataset));
    Deque<String> open = new ArrayDeque<>(List.of(dataset));
    while (!open.isEmpty()) {
      String each = open.removeFirst();
      for (Edge edge : edges) {
        if ((up ? edge.to() : edge.from()).equals(each)) {
          reached.add(edge);
          String next = up ? edge.from() : edge.to();
          if (seen.add(next)) {
            open.addLast(next);
          }
        }
      }
    }
    return reached;
  }
}
