package dev.lakehouse.ingest.read;

import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestKind;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where every file begins. */
public final class FirstProgress {
  private FirstProgress() {}

  /** The progress of a file that nothing was read of yet. */
  public static IngestProgress of(FileArrived file) {
    return IngestProgress.newBuilder()
        .setIngestId(file.getIngestId())
        .setDataset(file.getDataset())
        .setName(file.getName())
        .setKind(IngestKind.FILE)
        .setState(IngestState.RECEIVED)
        .setSha256(file.getSha256())
        .setBytes(file.getBytes())
        .setRowsRead(0)
        .setRowsQuarantined(0)
        .setDialect(ReadingPlan.write(Map.of("options", file.getOptions())))
        .setEndOffsets(new HashMap<>())
        .setReplaces(List.of())
        .setStartedAt(file.getArrivedAt())
        .setUpdatedAt(file.getArrivedAt())
        .build();
  }
}
