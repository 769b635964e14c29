package dev.lakehouse.schemas.table;

import dev.lakehouse.schemas.name.DatasetName;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** Where each table is in the catalog. */
public final class TableNames {
  /** The namespace of datasets. */
  public static final Namespace LAKE = Namespace.of("lake");

  private TableNames() {}

  /** {@code lake.<dataset>}. */
  public static TableIdentifier of(DatasetName dataset) {
    return TableIdentifier.of(LAKE, dataset.value());
  }
}
