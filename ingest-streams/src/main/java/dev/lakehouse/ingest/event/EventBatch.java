package dev.lakehouse.ingest.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.event.EventBody.Item;
import dev.lakehouse.ingest.event.EventEncoder.MisfitException;
import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.ingest.schema.Datasets.Ready;
import dev.lakehouse.ingest.schema.RecordKeys;
import dev.lakehouse.ingest.schema.RecordKeys.MissingKeyException;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.topic.RecordHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The events of one request on their way from JSON to records. */
final class EventBatch {
  private static final int LARGEST_VALUE = 1_000_000;

  private final List<Slot> slots = new ArrayList<>();
  private final List<Column> columns;

  /** One event's place in the request: what it says, or why it is refused. */
  private sealed interface Slot {
    record Good(FlatEvent event) implements Slot {}

    record Refused(EventResult result) implements Slot {}
  }

  /** One event that is to be written, or the result of one that is not. */
  sealed interface Outgoing {
    /** To be written. */
    record Send(ProducerRecord<byte[], byte[]> record) implements Outgoing {}

    /** Refused. */
    record Refuse(EventResult result) implements Outgoing {}
  }

  EventBatch(List<Item> items) {
    for (Item item : items) {
      slots.add(slot(item));
    }
    this.columns = infer();
  }

  private static Slot slot(Item item) {
    if (item instanceof Item.Bad bad) {
      return new Slot.Refused(EventResult.rejected(bad.code(), bad.detail()));
    }
    try {
      return new Slot.Good(FlatEvent.of(((Item.Event) item).object()));
    } catch (IllegalArgumentException e) {
      return new Slot.Refused(
          EventResult.rejected("duplicate_field", String.valueOf(e.getMessage())));
    }
  }

  private List<Column> infer() {
    Map<String, InferredColumn> inferred = new LinkedHashMap<>();
    long events = 0;
    for (Slot slot : slots) {
      if (slot instanceof Slot.Good good) {
        events++;
        for (Map.Entry<String, JsonNode> value : good.event().values().entrySet()) {
          inferred
              .computeIfAbsent(
                  value.getKey().toLowerCase(Locale.ROOT),
                  key -> new InferredColumn(value.getKey()))
              .accept(value.getValue());
        }
      }
    }
    long count = events;
    return inferred.values().stream().map(column -> column.column(count)).toList();
  }

  /** The columns that the good events have. */
  List<Column> columns() {
    return columns;
  }

  /** Whether there is an event that may be written. */
  boolean hasGood() {
    return slots.stream().anyMatch(slot -> slot instanceof Slot.Good);
  }

  /** The results, where no event is good. */
  List<EventResult> refused() {
    return slots.stream().map(slot -> ((Slot.Refused) slot).result()).toList();
  }

  /**
   * The events as records of the dataset, in the request's order.
   *
   * @param partition where they go if the dataset is append-only; others go where their keys do
   */
  List<Outgoing> records(
      Ready dataset, int partition, String ingestId, String traceparent, Instant arrived) {
    EventEncoder encoder = new EventEncoder(dataset.schema());
    ConfluentWire.Writer<Object> wire =
        ConfluentWire.Writer.generic(dataset.schemaId(), dataset.schema());
    RecordKeys.Maker keys = dataset.keys().maker(dataset.schema());
    List<Outgoing> outgoing = new ArrayList<>(slots.size());
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i) instanceof Slot.Refused refused) {
        outgoing.add(new Outgoing.Refuse(refused.result()));
        continue;
      }
      FlatEvent event = ((Slot.Good) slots.get(i)).event();
      Optional<String> misfit = Optional.empty();
      byte[] value = new byte[0];
      byte[] key = null;
      try {
        value = wire.write(encoder.encode(event));
        key = keys.of(value);
      } catch (MisfitException | MissingKeyException e) {
        misfit = Optional.ofNullable(e.getMessage());
      }
      if (misfit.isPresent()) {
        outgoing.add(new Outgoing.Refuse(EventResult.rejected("misfit", misfit.get())));
      } else if (value.length > LARGEST_VALUE) {
        outgoing.add(
            new Outgoing.Refuse(
                EventResult.rejected(
                    "too_large", "the event makes a record of " + value.length + " bytes")));
      } else {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                dataset.topic(), dataset.keys().isKeyed() ? null : partition, key, value);
        new RecordHeaders(
                ingestId,
                i + 1L,
                dataset.keys().operation(),
                "request:" + ingestId + "#event=" + (i + 1),
                arrived,
                traceparent)
            .addTo(record.headers());
        outgoing.add(new Outgoing.Send(record));
      }
    }
    return outgoing;
  }
}
