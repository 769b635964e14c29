/**
 * Datasets are declared, renamed and deleted. Start at {@link
 * dev.lakehouse.ingest.dataset.DatasetRoutes}; {@link dev.lakehouse.ingest.dataset.Changer} goes on
 * with what was asked, whatever happens to the process. May use every other package of the room but
 * {@code classify}, and the doors of schemas.
 */
@NullMarked
package dev.lakehouse.ingest.dataset;

import org.jspecify.annotations.NullMarked;
