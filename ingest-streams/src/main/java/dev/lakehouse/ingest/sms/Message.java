package dev.lakehouse.ingest.sms;

import dev.lakehouse.ingest.format.Languages;
import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.schema.Column;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One message or call of an archive; archives of every kind have the same columns.
 *
 * @param number its place in the archive, from 1
 * @param kind {@code sms}, {@code mms}, {@code call} or, of a transcript, {@code message}
 * @param direction {@code received}, {@code sent}, {@code draft}, …; empty where nobody says
 * @param time when, as an instant, where that is known
 * @param localTime when by the clock of who wrote it, where only that is known
 * @param sender who wrote it: number, address or name; null for the archive's owner
 * @param address the other side's number or address; several have {@code ~} between them
 * @param contact the other side's name in the address book
 * @param attachments how many parts are not text
 * @param duration of a call, in seconds
 */
record Message(
    int number,
    String kind,
    String direction,
    @Nullable Instant time,
    @Nullable LocalDateTime localTime,
    @Nullable String sender,
    @Nullable String address,
    @Nullable String contact,
    @Nullable String subject,
    String body,
    int attachments,
    @Nullable Integer duration) {

  /** The columns, in the order of {@link #values}. */
  static List<Column> columns() {
    Schema text = Schema.create(Schema.Type.STRING);
    Schema number = Schema.create(Schema.Type.INT);
    Schema instant = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    Schema local = LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    return List.of(
        column("message", number),
        column("kind", text),
        column("direction", text),
        column("time", instant),
        column("local_time", local),
        column("sender", text),
        column("address", text),
        column("contact", text),
        column("subject", text),
        column("body", text),
        column("attachments", number),
        column("duration", number));
  }

  private static Column column(String name, Schema type) {
    return new Column(name, type, true, false, 0);
  }

  List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(number);
    values.add(kind);
    values.add(direction);
    values.add(time);
    values.add(localTime);
    values.add(sender);
    values.add(address);
    values.add(contact);
    values.add(subject);
    values.add(body);
    values.add(attachments);
    values.add(duration);
    return values;
  }

  /** The text to search, or empty for a message without any. */
  Optional<PageText> pageText() {
    String whole = subject == null ? body : subject + "\n" + body;
    if (whole.isBlank()) {
      return Optional.empty();
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("direction", direction);
    put(metadata, "sender", sender);
    put(metadata, "contact", contact);
    put(metadata, "time", time == null ? localTime : time);
    return Optional.of(new PageText(number, whole, Languages.of(whole), metadata));
  }

  private static void put(Map<String, String> metadata, String name, @Nullable Object value) {
    if (value != null) {
      metadata.put(name, value.toString());
    }
  }
}
