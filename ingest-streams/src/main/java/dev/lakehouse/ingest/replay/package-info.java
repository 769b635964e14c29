/**
 * What went to quarantine is corrected and replayed: an entry's row is encoded anew and written to
 * its dataset's topic, in one transaction with the mark that it was. Start at {@link
 * dev.lakehouse.ingest.replay.ReplayService}; {@link dev.lakehouse.ingest.replay.RowsAgain} makes
 * the records. May use the progress of ingests, the formats and the doors of schemas.
 */
@NullMarked
package dev.lakehouse.ingest.replay;

import org.jspecify.annotations.NullMarked;
