package dev.lakehouse.query.guard;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.TableNames;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A dataset in a FROM clause; unparsed as the engine's own name for it. */
final class DatasetRef extends SqlIdentifier {
  private final DatasetName dataset;
  private final boolean withMetadata;

  DatasetRef(DatasetName dataset, boolean withMetadata, SqlParserPos position) {
    super(List.of(TableNames.LAKE.level(0), dataset.value()), position);
    this.dataset = dataset;
    this.withMetadata = withMetadata;
  }

  @Override
  public void unparse(SqlWriter writer, int left, int right) {
    if (writer.getDialect() instanceof ScanNames names) {
      names.scan(dataset, withMetadata).unparse(writer, left, right);
    } else {
      super.unparse(writer, left, right);
    }
  }
}
