package dev.lakehouse.query.guard;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.TableNames;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A dataset in a FROM clause; unparsed as the engine's own name for it. */
public final class DatasetRef extends SqlIdentifier {
  private final DatasetName dataset;
  private final int use;
  private final boolean withMetadata;

  /**
   * @param use its place among the tables of the {@link GuardedQuery}
   */
  DatasetRef(DatasetName dataset, int use, boolean withMetadata, SqlParserPos position) {
    super(List.of(TableNames.LAKE.level(0), dataset.value()), position);
    this.dataset = dataset;
    this.use = use;
    this.withMetadata = withMetadata;
  }

  DatasetName dataset() {
    return dataset;
  }

  /** Its place among the tables of the {@link GuardedQuery}. */
  public int use() {
    return use;
  }

  /** Whether the query names metadata columns, which are then in reach here. */
  public boolean withMetadata() {
    return withMetadata;
  }

  @Override
  public void unparse(SqlWriter writer, int left, int right) {
    if (writer.getDialect() instanceof ScanNames names) {
      names.scan(writer, use, withMetadata);
    } else {
      super.unparse(writer, left, right);
    }
  }
}
