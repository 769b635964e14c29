package dev.lakehouse.ingest.classify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.classify.evidence.Tally;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns each run of a partition into what it adds to its dataset's evidence. Keeps nothing that is
 * not derived: as many of it may exist as the widest topic has partitions.
 */
final class Observer implements Processor<byte[], byte[], String, byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(60);
  private static final long REGISTRY_PAUSE_MILLIS = 500;

  private record Start(String incarnation, long offset, long end) {}

  private final SchemaRegistry registry;
  private final TopicLook topics;
  private final ObjectMapper json = new ObjectMapper();
  private final ColumnReader.Cache readers;
  private final Map<String, Start> starts = new HashMap<>();
  private @Nullable ProcessorContext<String, byte[]> context;

  Observer(SchemaRegistry registry, TopicLook topics) {
    this.registry = registry;
    this.topics = topics;
    this.readers = new ColumnReader.Cache(this::schema, MetadataColumns.reserved());
  }

  @Override
  public void init(ProcessorContext<String, byte[]> given) {
    this.context = given;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ProcessorContext<String, byte[]> forward = context;
    if (forward == null || record.value() == null) {
      return;
    }
    RecordMetadata place = forward.recordMetadata().orElseThrow();
    Run run = Run.read(record.value());
    String incarnation = topics.id(place.topic()).orElse("");
    if (incarnation.isEmpty()) {
      return;
    }
    Start start = start(place, incarnation, run);
    Map<String, ColumnSample> samples = new LinkedHashMap<>();
    for (byte[] value : run.kept()) {
      look(value, samples);
    }
    Map<String, Tally> columns = new LinkedHashMap<>();
    samples.forEach((path, sample) -> columns.put(path, sample.tally()));
    Observation observation =
        new Observation(
            place.topic(),
            incarnation,
            place.partition(),
            start.offset(),
            run.from(),
            run.to(),
            columns);
    try {
      forward.forward(
          new Record<>(incarnation, json.writeValueAsBytes(observation), record.timestamp()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an observation cannot be written", e);
    }
  }

  private Start start(RecordMetadata place, String incarnation, Run run) {
    String key = place.topic() + "-" + place.partition();
    Start known = starts.get(key);
    long offset =
        known != null && known.incarnation().equals(incarnation)
            ? known.offset()
            : topics.start(place.topic(), place.partition());
    Start start = new Start(incarnation, offset, run.to());
    starts.put(key, start);
    return start;
  }

  private void look(byte[] value, Map<String, ColumnSample> samples) {
    OptionalInt id = ConfluentWire.schemaId(value);
    if (id.isEmpty()) {
      return;
    }
    try {
      ColumnReader reader = readers.of(id.getAsInt());
      if (!samples.keySet().containsAll(reader.paths())) {
        reader.paths().forEach(path -> samples.computeIfAbsent(path, any -> new ColumnSample()));
      }
      reader.read(
          value,
          ConfluentWire.HEADER_BYTES,
          (path, text) -> {
            ColumnSample sample = samples.get(path);
            if (sample != null) {
              sample.take(text);
            }
          });
    } catch (RegistryException.UnknownSchema
        | IOException
        | AvroRuntimeException
        | ClassCastException
        | IndexOutOfBoundsException unusable) {
      // Landing quarantines it; it leaves no value in any column.
      LOG.debug("a value is not of its schema {}", id.getAsInt(), unusable);
    }
  }

  private org.apache.avro.Schema schema(int id) {
    long deadline = System.nanoTime() + REGISTRY_PATIENCE.toNanos();
    while (true) {
      try {
        return registry.byId(id);
      } catch (RegistryException.Unavailable e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(REGISTRY_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while the schema registry was away", e);
    }
  }
}
