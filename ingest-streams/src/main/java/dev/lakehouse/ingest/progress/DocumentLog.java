package dev.lakehouse.ingest.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.schemas.event.DocumentText;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the records of the topic {@code documents}. Safe for use by many threads. */
public final class DocumentLog {
  private final AvroSerde<DocumentText> values;
  private final Clock clock;

  public DocumentLog(SchemaRegistry registry, Clock clock) {
    this.values = Topics.DOCUMENTS.values(registry);
    this.clock = clock;
  }

  /**
   * A file as one reading has it.
   *
   * @param sha256 lower-case hex digest of its bytes
   * @param name its own
   */
  public record Reading(String dataset, String ingestId, String sha256, String name) {
    /** The reading that a progress is of. */
    public static Reading of(IngestProgress progress) {
      return new Reading(
          progress.getDataset(), progress.getIngestId(), progress.getSha256(), progress.getName());
    }
  }

  /**
   * The text of a row.
   *
   * @param row its number in the file, from 1
   */
  public ProducerRecord<byte[], byte[]> page(Reading reading, long row, PageText page) {
    return record(
        begin(reading)
            .setRow(row)
            .setPage(page.page())
            .setText(page.text())
            .setLanguage(page.language())
            .setMetadata(page.metadata())
            .build());
  }

  /** Takes out all texts of a reading; none of them may come after it. */
  public ProducerRecord<byte[], byte[]> removal(Reading reading) {
    return record(begin(reading).setRemoved(true).setRow(0).setPage(0).build());
  }

  private DocumentText.Builder begin(Reading reading) {
    return DocumentText.newBuilder()
        .setDocumentId(reading.dataset() + ":" + reading.sha256())
        .setDataset(reading.dataset())
        .setIngestId(reading.ingestId())
        .setSha256(reading.sha256())
        .setName(reading.name())
        .setWrittenAt(clock.instant());
  }

  private ProducerRecord<byte[], byte[]> record(DocumentText text) {
    return new ProducerRecord<>(
        Topics.DOCUMENTS.name(), text.getDocumentId().getBytes(UTF_8), values.write(text));
  }
}
