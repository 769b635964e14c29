/**
 * Where uploads are kept: named by their content, whole or not there at all. Knows files and disks,
 * nothing of Kafka or HTTP. Start at {@link dev.lakehouse.ingest.store.ObjectStore}.
 */
@NullMarked
package dev.lakehouse.ingest.store;

import org.jspecify.annotations.NullMarked;
