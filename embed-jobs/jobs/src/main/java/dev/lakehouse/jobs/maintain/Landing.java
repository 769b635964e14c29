package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.util.Optional;
import org.apache.iceberg.Table;

/** What the landing has done. */
public interface Landing {
  /**
   * Why the landing may still commit files that it wrote before now; empty if every record that the
   * dataset's topic has is in the table, for then it will commit none but those of later records.
   */
  Optional<String> unsettled(DatasetName dataset, Table table) throws IOException;
}
