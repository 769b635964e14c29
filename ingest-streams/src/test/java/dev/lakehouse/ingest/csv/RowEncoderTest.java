package dev.lakehouse.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.csv.Dialect.Marks;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** A cell's value is what the independent parsers of the JDK say, or the cell does not fit. */
class RowEncoderTest {
  private static final Schema MICROS =
      LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
  private static final Schema DATE =
      LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));

  @Test
  void aFloatTakesWhatItStandsForOnly() {
    Schema real = Schema.create(Schema.Type.FLOAT);
    assertThat(encoded("0.1", real)).contains(0.1f);
    assertThat(encoded("16777216", real)).contains(16777216f);
    assertThat(encoded("16777217", real)).isEmpty();
    assertThat(encoded("0.123456789", real)).isEmpty();
    assertThat(encoded("1e39", real)).isEmpty();
  }

  @Test
  void aTextOfMoreThanAMillionCharactersDoesNotFit() {
    Schema text = Schema.create(Schema.Type.STRING);
    assertThat(encoded("x".repeat(1_000_000), text)).isPresent();
    assertThat(encoded("x".repeat(1_000_001), text)).isEmpty();
  }

  /** The value that Avro reads back, or empty if the cell does not fit the type. */
  private static Optional<Object> encoded(String cell, Schema type) {
    return encoded(cell, type, "");
  }

  private static Dialect dialect(String notation) {
    return new Dialect(
        "UTF-8", 0, ",", "\"", "", "", 0, 0, 1, false, 1, 1, false, List.of(), List.of(notation));
  }

  private static Optional<Object> encoded(String cell, Schema type, String notation) {
    Schema schema =
        SchemaBuilder.record("r")
            .fields()
            .name("c")
            .type(SchemaEvolution.optional(type))
            .noDefault()
            .endRecord();
    RowEncoder encoder = new RowEncoder(schema, List.of("c"), dialect(notation));
    String quoted = "\"" + cell.replace("\"", "\"\"") + "\"\n";
    try (CsvRows rows = CsvRows.of(new StringReader(quoted), new Marks(",", "\"", "", ""))) {
      assertThat(rows.next()).isTrue();
      RowBuffer row = rows.row();
      if (encoder.take(row).isPresent()) {
        return Optional.empty();
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
      encoder.write(out);
      out.flush();
      GenericRecord read =
          new GenericDatumReader<GenericRecord>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
      return Optional.of(read.get("c"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Property(tries = 300)
  void longsAreExact(
      @ForAll @LongRange(min = -999999999999999999L, max = 999999999999999999L) long n) {
    assertThat(encoded(Long.toString(n), Schema.create(Schema.Type.LONG))).contains(n);
  }

  @Property(tries = 1000)
  void doublesThatJavaPrintsComeBack(@ForAll double d) {
    assertThat(encoded(Double.toString(d), Schema.create(Schema.Type.DOUBLE))).contains(d);
  }

  @Property(tries = 1000)
  void shortDecimalsAreTheNearestDouble(
      @ForAll @LongRange(min = -999999999999999L, max = 999999999999999L) long unscaled,
      @ForAll @IntRange(max = 15) int scale) {
    String text = BigDecimal.valueOf(unscaled, scale).toPlainString();
    assertThat(encoded(text, Schema.create(Schema.Type.DOUBLE))).contains(Double.parseDouble(text));
  }

  @Property(tries = 300)
  void textComesBackAsItWas(@ForAll String text) {
    boolean pairs =
        text.equals(
            new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.nio.charset.StandardCharsets.UTF_8));
    if (pairs && !text.isEmpty() && text.indexOf('\r') < 0) {
      assertThat(encoded(text, Schema.create(Schema.Type.STRING)).map(Object::toString))
          .contains(text);
    }
  }

  @Property(tries = 300)
  void datesAreThoseOfTheCalendar(@ForAll @LongRange(min = -719162, max = 2932896) long day) {
    assertThat(encoded(LocalDate.ofEpochDay(day).toString(), DATE)).contains((int) day);
  }

  @Property(tries = 300)
  void instantsAreThoseOfTheCalendar(
      @ForAll @LongRange(min = -62135596800000000L, max = 253402300799999999L) long micros) {
    Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    assertThat(encoded(at.toString(), MICROS)).contains(micros);
    String india =
        OffsetDateTime.ofInstant(at, java.time.ZoneOffset.ofHoursMinutes(5, 30)).toString();
    if (india.length() > 21 && india.charAt(0) != '+') {
      assertThat(encoded(india, MICROS)).contains(micros);
    }
  }

  @Test
  void decimalsKeepEveryDigit() {
    Schema decimal = LogicalTypes.decimal(20, 3).addToSchema(Schema.create(Schema.Type.BYTES));
    assertThat(encoded("-12345678901234567.89", decimal))
        .contains(ByteBuffer.wrap(new java.math.BigInteger("-12345678901234567890").toByteArray()));
    assertThat(encoded("1.2345", decimal)).isEmpty();
  }

  @Test
  void emptyIsNullAndMisfitsAreNamed() {
    assertThat(encoded("x", Schema.create(Schema.Type.LONG))).isEmpty();
    assertThat(encoded(" 12 ", Schema.create(Schema.Type.LONG))).contains(12L);
    assertThat(encoded("2147483648", Schema.create(Schema.Type.INT))).isEmpty();
    assertThat(encoded(" a ", Schema.create(Schema.Type.STRING)).map(Object::toString))
        .contains(" a ");
  }
}
