package dev.lakehouse.query.guard;

import dev.lakehouse.query.guard.GuardedQuery.Named;
import dev.lakehouse.query.table.AsOf;
import dev.lakehouse.schemas.name.DatasetName;

/**
 * A dataset in a FROM clause.
 *
 * @param place where it is named
 * @param asOf which state of it is meant
 */
public record TableUse(DatasetName dataset, Named place, AsOf asOf) {}
