package dev.lakehouse.ingest.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.sms.MessageRows.Bad;
import dev.lakehouse.ingest.sms.MessageRows.Entries;
import dev.lakehouse.ingest.sms.MessageRows.Entry;
import dev.lakehouse.ingest.sms.MessageRows.Good;
import dev.lakehouse.ingest.sms.MessageRows.Raw;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * The messages and calls of an archive of "SMS Backup &amp; Restore", one at a time.
 *
 * @see <a href="https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/">its
 *     fields</a>
 */
final class XmlMessages implements Entries {
  private static final Set<String> ROOTS = Set.of("smses", "calls");
  private static final Set<String> ENTRIES = Set.of("sms", "mms", "call");

  /** The attributes that hold what somebody wrote. */
  private static final Set<String> WRITTEN = Set.of("body", "text");

  private static final String FROM = "137";
  private static final int MOST_PARTS = 10_000;

  private final Reader text;
  private final XMLStreamReader xml;
  private int number;

  private XmlMessages(Reader text, XMLStreamReader xml) {
    this.text = text;
    this.xml = xml;
  }

  /**
   * Reads the text; closing the messages closes it.
   *
   * @throws UnreadableFileException if it is no such archive
   */
  static XmlMessages of(Reader text) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new MendedXml(text));
      while (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
        refuseDtd(xml);
        xml.next();
      }
      if (!ROOTS.contains(xml.getLocalName())) {
        throw new UnreadableFileException(
            "not_sms",
            "the XML is of '" + xml.getLocalName() + "' and not of messages",
            "send the file that the app SMS Backup & Restore writes");
      }
      return new XmlMessages(text, xml);
    } catch (XMLStreamException e) {
      text.close();
      throw broken(e);
    } catch (RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private static void refuseDtd(XMLStreamReader xml) {
    if (xml.getEventType() == XMLStreamConstants.DTD) {
      throw new UnreadableFileException(
          "xml_dtd",
          "the XML has a document type, which archives of messages have not",
          "remove the line that begins with <!DOCTYPE");
    }
  }

  private static UnreadableFileException broken(XMLStreamException e) throws IOException {
    for (Throwable cause = e.getNestedException(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return new UnreadableFileException(
            "not_text", "the XML is not in the encoding that it says", "write it anew as UTF-8", e);
      } else if (cause instanceof MendedXml.TooLong) {
        return new UnreadableFileException(
            "too_large", String.valueOf(cause.getMessage()), "remove that message", e);
      } else if (cause instanceof IOException io) {
        throw io;
      }
    }
    String message = String.valueOf(e.getMessage());
    int last = message.lastIndexOf('\n');
    return new UnreadableFileException(
        "broken_xml",
        "the XML is broken or cut off at line "
            + e.getLocation().getLineNumber()
            + ": "
            + message.substring(last + 1).replace("Message: ", ""),
        "send the whole file as the app wrote it",
        e);
  }

  @Override
  public Optional<Entry> next() throws IOException {
    try {
      while (xml.hasNext()) {
        int event = xml.next();
        refuseDtd(xml);
        if (event == XMLStreamConstants.START_ELEMENT && ENTRIES.contains(xml.getLocalName())) {
          number++;
          return Optional.of(entry());
        }
      }
      return Optional.empty();
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private Entry entry() throws XMLStreamException {
    String kind = xml.getLocalName();
    Map<String, String> fields = fields();
    List<Map<String, String>> parts = new ArrayList<>();
    List<Map<String, String>> addresses = new ArrayList<>();
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        List<Map<String, String>> list =
            switch (xml.getLocalName()) {
              case "part" -> parts;
              case "addr" -> addresses;
              default -> List.of();
            };
        if (list.size() < MOST_PARTS && (list == parts || list == addresses)) {
          list.add(fields());
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    Raw raw = () -> written(kind, fields, parts, addresses);
    String date = fields.getOrDefault("date", "");
    Instant time;
    try {
      time = Instant.ofEpochMilli(Long.parseLong(date.strip()));
    } catch (NumberFormatException | DateTimeException e) {
      return new Bad(
          "message " + number + ": its date '" + shown(date) + "' is not in milliseconds", raw);
    }
    return switch (kind) {
      case "sms" -> new Good(sms(fields, time), raw);
      case "mms" -> new Good(mms(fields, parts, addresses, time), raw);
      default -> call(fields, time, raw);
    };
  }

  private static String shown(String text) {
    return text.length() > 50 ? text.substring(0, 50) + "…" : text;
  }

  /** The app writes null for nothing, but somebody may have written it too. */
  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String value = xml.getAttributeValue(i);
      String name = xml.getAttributeLocalName(i);
      if (!value.equals("null") || WRITTEN.contains(name)) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private Message sms(Map<String, String> fields, Instant time) {
    String direction = direction(fields.getOrDefault("type", ""));
    String address = fields.get("address");
    return new Message(
        number,
        "sms",
        direction,
        time,
        null,
        direction.equals("received") ? address : null,
        address,
        contact(fields),
        fields.get("subject"),
        fields.getOrDefault("body", ""),
        0,
        null);
  }

  /** Android's types of message. */
  private static String direction(String type) {
    return switch (type) {
      case "1" -> "received";
      case "2" -> "sent";
      case "3" -> "draft";
      case "4" -> "outbox";
      case "5" -> "failed";
      case "6" -> "queued";
      default -> "";
    };
  }

  private Message mms(
      Map<String, String> fields,
      List<Map<String, String>> parts,
      List<Map<String, String>> addresses,
      Instant time) {
    String direction = direction(fields.getOrDefault("msg_box", ""));
    StringBuilder body = new StringBuilder();
    int attachments = 0;
    for (Map<String, String> part : parts) {
      String type = part.getOrDefault("ct", "");
      if (type.equals("text/plain")) {
        body.append(body.isEmpty() ? "" : "\n").append(part.getOrDefault("text", ""));
      } else if (!type.equals("application/smil")) {
        attachments++;
      }
    }
    String from = fields.get("address");
    for (Map<String, String> address : addresses) {
      if (FROM.equals(address.get("type")) && address.containsKey("address")) {
        from = address.get("address");
      }
    }
    return new Message(
        number,
        "mms",
        direction,
        time,
        null,
        direction.equals("received") ? from : null,
        fields.get("address"),
        contact(fields),
        fields.get("sub"),
        body.toString(),
        attachments,
        null);
  }

  private Entry call(Map<String, String> fields, Instant time, Raw raw) {
    String direction =
        switch (fields.getOrDefault("type", "")) {
          case "1" -> "received";
          case "2" -> "sent";
          case "3" -> "missed";
          case "4" -> "voicemail";
          case "5" -> "rejected";
          case "6" -> "blocked";
          default -> "";
        };
    String seconds = fields.getOrDefault("duration", "0");
    try {
      String address = fields.get("number");
      return new Good(
          new Message(
              number,
              "call",
              direction,
              time,
              null,
              direction.equals("sent") ? null : address,
              address,
              contact(fields),
              null,
              "",
              0,
              Integer.valueOf(seconds.strip())),
          raw);
    } catch (NumberFormatException e) {
      return new Bad(
          "message " + number + ": its duration '" + shown(seconds) + "' is not in seconds", raw);
    }
  }

  private static @Nullable String contact(Map<String, String> fields) {
    String contact = fields.get("contact_name");
    return contact == null || contact.equals("(Unknown)") ? null : contact;
  }

  private static byte[] written(
      String kind,
      Map<String, String> fields,
      List<Map<String, String>> parts,
      List<Map<String, String>> addresses) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      writer.writeStartElement(kind);
      write(writer, fields);
      write(writer, "parts", "part", parts);
      write(writer, "addrs", "addr", addresses);
      writer.writeEndElement();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("what was parsed can be written", e);
    }
    return out.toString().getBytes(UTF_8);
  }

  private static void write(
      XMLStreamWriter writer, String list, String element, List<Map<String, String>> entries)
      throws XMLStreamException {
    if (entries.isEmpty()) {
      return;
    }
    writer.writeStartElement(list);
    for (Map<String, String> entry : entries) {
      writer.writeStartElement(element);
      write(writer, entry);
      writer.writeEndElement();
    }
    writer.writeEndElement();
  }

  private static void write(XMLStreamWriter writer, Map<String, String> fields)
      throws XMLStreamException {
    for (Map.Entry<String, String> field : fields.entrySet()) {
      writer.writeAttribute(field.getKey(), field.getValue());
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
