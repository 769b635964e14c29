package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.FormerFindings;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import java.util.Map;
import java.util.Optional;

/** Asks the Iceberg catalog. */
final class CatalogTableLook implements TableLook {
  private final LakeCatalog catalog;

  CatalogTableLook(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Optional<Columns> columns(String dataset, String incarnation) {
    return catalog
        .table(new DatasetName(dataset))
        .filter(
            table -> LandedState.of(table).map(s -> s.topicId().equals(incarnation)).orElse(false))
        .map(
            table -> {
              Map<String, Integer> leaves = TableLeaves.of(table.schema());
              return FormerFindings.in(table.properties())
                  .map(former -> new Columns(leaves, former))
                  .orElseGet(() -> new Columns(leaves));
            });
  }
}
