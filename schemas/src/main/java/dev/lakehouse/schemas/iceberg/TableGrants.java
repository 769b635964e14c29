package dev.lakehouse.schemas.iceberg;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.TableNames;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.UpdateTableRequest;

/**
 * Asks for grants on tables by their identifiers. What is no dataset is for those alone who have
 * the grant on all of them.
 */
final class TableGrants {
  private final Permit permit;

  private TableGrants(Permit permit) {
    this.permit = permit;
  }

  static TableGrants of(Context context) {
    return new TableGrants(Permit.of(context));
  }

  private static Optional<DatasetName> dataset(TableIdentifier table) {
    return table.namespace().equals(TableNames.LAKE) && DatasetName.isLegal(table.name())
        ? Optional.of(new DatasetName(table.name()))
        : Optional.empty();
  }

  void ask(TableIdentifier table, Grant... grants) {
    Optional<DatasetName> dataset = dataset(table);
    if (dataset.isPresent()) {
      permit.ask(dataset.get(), grants);
    } else {
      permit.askAll(grants);
    }
  }

  /** Asks whether the table may be made; of one that says where it lies, of whom all is. */
  void askToMake(TableIdentifier table, boolean saysWhere) {
    Optional<DatasetName> dataset = dataset(table);
    if (dataset.isPresent() && !saysWhere) {
      permit.askToMake(dataset.get(), Grant.MANAGE);
    } else {
      permit.askAll(Grant.MANAGE);
    }
  }

  /** Whether the caller may know that there is such a table. */
  void askToKnow(TableIdentifier table) {
    Optional<DatasetName> dataset = dataset(table);
    if (dataset.isEmpty()) {
      permit.askAll(Grant.READ);
    } else if (!permit.knows(dataset.get())) {
      permit.ask(dataset.get(), Grant.READ);
    }
  }

  void ask(Namespace namespace, Grant grant) {
    if (namespace.equals(TableNames.LAKE)) {
      permit.needsNothing();
    } else {
      permit.askAll(grant);
    }
  }

  boolean shows(TableIdentifier table) {
    return dataset(table)
        .map(dataset -> permit.has(Grant.READ, dataset))
        .orElseGet(() -> permit.hasAll(Grant.READ));
  }

  boolean shows(Namespace namespace) {
    return permit.hasAll(Grant.READ) || namespace.equals(TableNames.LAKE);
  }

  /**
   * A snapshot's files are read under the name of its table, so only who manages all may move a
   * table or give it snapshots that lie elsewhere.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException 403 {@code forbidden}
   */
  void askForFiles(UpdateTableRequest request, TableIdentifier table, Catalog catalog) {
    List<String> manifests =
        request.updates().stream()
            .filter(MetadataUpdate.AddSnapshot.class::isInstance)
            .map(update -> ((MetadataUpdate.AddSnapshot) update).snapshot().manifestListLocation())
            .toList();
    boolean elsewhere = WarehouseBounds.saysWhere(request);
    if (!elsewhere && !manifests.isEmpty() && !permit.hasAll(Grant.MANAGE)) {
      String location = catalog.loadTable(table).location();
      elsewhere = !manifests.stream().allMatch(each -> WarehouseBounds.isBelow(each, location));
    }
    if (elsewhere) {
      permit.askAll(Grant.MANAGE);
    }
  }
}
