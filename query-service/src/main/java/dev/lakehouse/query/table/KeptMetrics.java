package dev.lakehouse.query.table;

import dev.lakehouse.schemas.name.DatasetName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;

/** Metrics in memory, for tables with few enough of them: asked in microseconds. */
final class KeptMetrics implements FileMetrics {
  /** Most files times columns whose metrics are kept of one table: about 25 MB. */
  private static final int MOST = 50_000;

  private final DatasetName dataset;
  private final List<DataFile> files;
  private final Map<Integer, PartitionSpec> specs;
  private final Schema schema;

  KeptMetrics(
      DatasetName dataset, List<DataFile> files, Map<Integer, PartitionSpec> specs, Schema schema) {
    this.dataset = dataset;
    this.files = files;
    this.specs = specs;
    this.schema = schema;
  }

  static boolean areFew(int files, Schema schema) {
    return (long) files * schema.columns().size() <= MOST;
  }

  @Override
  public Set<String> mayHold(Expression rows) {
    InclusiveMetricsEvaluator values = new InclusiveMetricsEvaluator(schema, rows);
    Map<Integer, Evaluator> partitions = new HashMap<>();
    Set<String> left = new HashSet<>();
    for (DataFile file : files) {
      PartitionSpec spec = Objects.requireNonNull(specs.get(file.specId()));
      boolean inPartition =
          spec.isUnpartitioned()
              || partitions
                  .computeIfAbsent(spec.specId(), fresh -> evaluator(spec, rows))
                  .eval(file.partition());
      if (inPartition && values.eval(file)) {
        left.add(DeletePlanner.path(dataset, file));
      }
    }
    return left;
  }

  private static Evaluator evaluator(PartitionSpec spec, Expression rows) {
    return new Evaluator(spec.partitionType(), Projections.inclusive(spec).project(rows));
  }
}
