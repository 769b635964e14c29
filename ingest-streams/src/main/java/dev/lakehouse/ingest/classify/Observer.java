package dev.lakehouse.ingest.classify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
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

  /** What is known of one incarnation of a partition. */
  private record Part(String incarnation, long start, PartitionSamples samples) {}

  private final SchemaRegistry registry;
  private final TopicLook topics;
  private final ObjectMapper json = new ObjectMapper();
  private final ColumnReader.Cache readers;
  private final Map<String, Part> parts = new HashMap<>();
  private final Clock clock;
  private @Nullable ProcessorContext<String, byte[]> context;

  Observer(SchemaRegistry registry, TopicLook topics, Clock clock) {
    this.registry = registry;
    this.topics = topics;
    this.clock = clock;
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
    Run run = Run.of(record.value());
    String incarnation = topics.id(place.topic()).orElse("");
    if (incarnation.isEmpty()) {
      return;
    }
    Part part = part(place, incarnation);
    part.samples().begin(clock.millis());
    run.visit((bytes, from, to) -> look(bytes, from, to, part.samples()));
    Observation observation =
        new Observation(
            place.topic(),
            incarnation,
            place.partition(),
            part.start(),
            run.from(),
            run.to(),
            part.samples().tallies());
    try {
      forward.forward(
          new Record<>(incarnation, json.writeValueAsBytes(observation), record.timestamp()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an observation cannot be written", e);
    }
  }

  private Part part(RecordMetadata place, String incarnation) {
    String key = place.topic() + "-" + place.partition();
    Part known = parts.get(key);
    if (known != null && known.incarnation().equals(incarnation)) {
      return known;
    }
    long start = topics.start(place.topic(), place.partition());
    Part part = new Part(incarnation, start, new PartitionSamples());
    parts.put(key, part);
    return part;
  }

  private void look(byte[] bytes, int from, int to, PartitionSamples samples) {
    OptionalInt id = ConfluentWire.schemaId(bytes, from, to);
    if (id.isEmpty()) {
      return;
    }
    try {
      samples.look(readers.of(id.getAsInt()), bytes, from + ConfluentWire.HEADER_BYTES, to);
    } catch (RegistryException.UnknownSchema
        | AvroRuntimeException
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
