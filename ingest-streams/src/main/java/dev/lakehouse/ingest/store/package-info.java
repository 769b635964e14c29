/**
 * Where uploads are kept: named by their content, whole or not there at all. Knows files, disks and
 * S3, nothing of Kafka. Start at {@link dev.lakehouse.ingest.store.ObjectStore}.
 */
@NullMarked
package dev.lakehouse.ingest.store;

import org.jspecify.annotations.NullMarked;
