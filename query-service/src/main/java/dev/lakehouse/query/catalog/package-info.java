/**
 * GET /catalog/datasets: what there is to query, and which of it may be personal data. Start at
 * {@link dev.lakehouse.query.catalog.CatalogRoutes}.
 */
@NullMarked
package dev.lakehouse.query.catalog;

import org.jspecify.annotations.NullMarked;
