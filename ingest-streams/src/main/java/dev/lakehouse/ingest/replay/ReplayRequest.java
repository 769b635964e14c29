package dev.lakehouse.ingest.replay;

import dev.lakehouse.ingest.progress.QuarantineScope;
import dev.lakehouse.schemas.name.DatasetName;

/**
 * Who replays, and what of.
 *
 * @param scope what the request is about; entries of others are unknown to it
 * @param dataset that the scope is of
 */
record ReplayRequest(
    QuarantineScope scope, DatasetName dataset, String actor, String traceparent) {}
