package dev.lakehouse.ingest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.Formats;
import dev.lakehouse.ingest.format.Languages;
import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.progress.QuarantineEntry;
import dev.lakehouse.ingest.read.ReadingPlan;
import dev.lakehouse.ingest.schema.Datasets.Ready;
import dev.lakehouse.ingest.schema.RecordKeys;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a dataset out of quarantined rows: by the reader that refused them, by the
 * values that somebody gave, or, of what the landing refused, of the very same bytes.
 */
final class RowsAgain {
  /** As of every row that ingest makes. */
  private static final int LARGEST_VALUE = 1_000_000;

  private final Formats formats;
  private final SchemaRegistry registry;
  private final Ready dataset;
  private final CorrectedValues values;
  private final ConfluentWire.Writer<Object> wire;
  private final Map<Integer, RecordKeys.Maker> keys = new HashMap<>();

  /**
   * @param dataset as it is now
   */
  RowsAgain(Formats formats, SchemaRegistry registry, Ready dataset) {
    this.formats = formats;
    this.registry = registry;
    this.dataset = dataset;
    this.values = new CorrectedValues(dataset.schema());
    this.wire = ConfluentWire.Writer.generic(dataset.schemaId(), dataset.schema());
  }

  /**
   * A row that fits.
   *
   * @param key of its record, in a keyed dataset
   * @param value of its record
   * @param text for search, where the row has some
   */
  @SuppressWarnings("ArrayRecordComponent") // rows are never compared
  record Row(byte @Nullable [] key, byte[] value, Optional<PageText> text) {}

  /** The dataset that the rows are for. */
  Ready dataset() {
    return dataset;
  }

  /**
   * The row that becomes of an entry.
   *
   * @param ingest that the entry is of, with its plan; empty where nobody knows it
   * @throws KeptException if it does not fit, or cannot be tried at all
   * @throws RegistryException.Unavailable if the registry does not answer: try again
   */
  Row of(QuarantineEntry entry, Optional<IngestProgress> ingest, Correction correction)
      throws KeptException {
    if (entry.isOfLanding() && !(correction instanceof Correction.Values)) {
      return row(sameRecord(entry, correction), Optional.empty());
    }
    Row row =
        correction instanceof Correction.Values given
            ? ofValues(entry, ingest, given)
            : reread(entry, ingest, correction);
    if (row.value().length > LARGEST_VALUE) {
      throw new KeptException(
          "too_large", "the row makes a record of " + row.value().length + " bytes");
    }
    return row;
  }

  private Row row(byte[] value, Optional<PageText> text) throws KeptException {
    int schemaId = ConfluentWire.schemaId(value).orElseThrow();
    Schema schema = registry.byId(schemaId);
    try {
      dataset.keys().check(schema);
      byte[] key = keys.computeIfAbsent(schemaId, id -> dataset.keys().maker(schema)).of(value);
      return new Row(key, value, text);
    } catch (RecordKeys.MissingKeyException e) {
      throw new KeptException("bad_key", String.valueOf(e.getMessage()));
    }
  }

  private record Plan(FileFormat format, ReadingPlan reading) {}

  private Optional<Plan> plan(Optional<IngestProgress> ingest) {
    return ingest
        .filter(progress -> progress.getAvroSchema() != null && progress.getDialect() != null)
        .map(progress -> ReadingPlan.parse(progress.getDialect()))
        .map(reading -> new Plan(formats.named(reading.format()), reading));
  }

  private Row ofValues(
      QuarantineEntry entry, Optional<IngestProgress> ingest, Correction.Values given)
      throws KeptException {
    Optional<Plan> plan = entry.isOfLanding() ? Optional.empty() : plan(ingest);
    Stream<Schema.Field> fields = dataset.schema().getFields().stream();
    List<String> columns =
        fields
            .filter(field -> plan.isEmpty() || plan.get().reading().fields().contains(field.name()))
            .map(SchemaEvolution::columnName)
            .toList();
    byte[] value = wire.write(values.encode(given.columns(), columns));
    return row(value, plan.flatMap(found -> text(found, entry, given.columns())));
  }

  private static Optional<PageText> text(
      Plan plan, QuarantineEntry entry, Map<String, JsonNode> values) {
    String text =
        plan.format().textColumns().stream()
            .map(values::get)
            .filter(value -> value != null && value.isTextual())
            .map(JsonNode::textValue)
            .collect(Collectors.joining("\n"));
    Long row = entry.value().getRow();
    return text.isBlank() || row == null
        ? Optional.empty()
        : Optional.of(new PageText(row.intValue(), text, Languages.of(text), Map.of()));
  }

  private Row reread(QuarantineEntry entry, Optional<IngestProgress> ingest, Correction correction)
      throws KeptException {
    Plan plan =
        plan(ingest)
            .orElseThrow(
                () -> new KeptException("plan_unknown", "how its file was read is not known"));
    byte[] raw =
        correction instanceof Correction.Raw given ? given.text().getBytes(UTF_8) : whole(entry);
    if (correction instanceof Correction.AsItIs && entry.value().getCode().equals("footer")) {
      throw new KeptException(
          "footer",
          "it is a total or a note behind the file's rows; give raw or values to land it");
    } else if (plan.format().version() != plan.reading().reader()) {
      throw new KeptException(
          "reader_changed",
          "its file was read by version "
              + plan.reading().reader()
              + " of the "
              + plan.format().name()
              + " reader and this is version "
              + plan.format().version()
              + ": give values");
    }
    List<String> gone =
        plan.reading().fields().stream()
            .filter(field -> dataset.schema().getField(field) == null)
            .toList();
    if (!gone.isEmpty()) {
      throw new KeptException(
          "columns_changed",
          "the dataset has no '" + String.join("', '", gone) + "' any longer: give values");
    }
    return reread(plan, raw);
  }

  private Row reread(Plan plan, byte[] raw) throws KeptException {
    try (RowStream row =
        plan.format()
            .openRow(
                source(raw),
                plan.reading().dialect().toString(),
                dataset.schema(),
                plan.reading().fields())
            .orElseThrow(
                () ->
                    new KeptException(
                        "not_alone",
                        "a row of a "
                            + plan.format().name()
                            + " file is not read without its file: give values, or read the file"
                            + " again"))) {
      if (!row.next()) {
        throw new KeptException("misfit", "there is no row in it");
      }
      Optional<Misfit> misfit = row.fit();
      if (misfit.isPresent()) {
        throw new KeptException(misfit.get().code(), misfit.get().reason());
      }
      byte[] value = framed(row);
      if (row.next()) {
        throw new KeptException("misfit", "there is more than one row in it");
      }
      return row(value, row.text());
    } catch (UnreadableFileException e) {
      throw new KeptException(e.code(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
  }

  private byte[] framed(RowStream row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ByteBuffer.allocate(ConfluentWire.HEADER_BYTES).putInt(1, dataset.schemaId()).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    row.write(encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static FileSource source(byte[] raw) {
    return new FileSource() {
      @Override
      public String name() {
        return "row";
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(raw);
      }
    };
  }

  private static byte[] whole(QuarantineEntry entry) throws KeptException {
    if (entry.isTruncated()) {
      throw new KeptException(
          "raw_truncated",
          "only its beginning was kept: give raw or values, or read the file again");
    }
    return entry
        .raw()
        .orElseThrow(() -> new KeptException("no_raw", "its bytes were not kept: give values"));
  }

  private byte[] sameRecord(QuarantineEntry entry, Correction correction) throws KeptException {
    if (correction instanceof Correction.Raw) {
      throw new KeptException("not_text", "it is a record of the topic and no text: give values");
    } else if (entry.value().getCode().equals("null_value")) {
      throw new KeptException(
          "null_value", "the record has no value, and the dataset is append-only: give values");
    }
    byte[] value = whole(entry);
    int id =
        ConfluentWire.schemaId(value)
            .orElseThrow(
                () ->
                    new KeptException(
                        "not_avro", "its bytes are not Avro in the wire format: give values"));
    try {
      Object none = null;
      new GenericDatumReader<@Nullable Object>(registry.byId(id), dataset.schema())
          .read(
              none,
              DecoderFactory.get()
                  .binaryDecoder(
                      value,
                      ConfluentWire.HEADER_BYTES,
                      value.length - ConfluentWire.HEADER_BYTES,
                      null));
      return value;
    } catch (RegistryException.UnknownSchema e) {
      throw new KeptException("unknown_schema", String.valueOf(e.getMessage()));
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      throw new KeptException(
          entry.value().getCode(),
          "it is not a record of the dataset's schema of today: "
              + Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }
}
