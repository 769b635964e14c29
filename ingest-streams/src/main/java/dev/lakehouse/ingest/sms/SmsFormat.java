package dev.lakehouse.ingest.sms;

import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.PlainRow;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.TextEncoding;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** The XML that the app "SMS Backup &amp; Restore" writes: a row for each message or call. */
public final class SmsFormat implements FileFormat {
  private static final Pattern ROOT =
      Pattern.compile(
          "\\s*(<\\?[^>]*\\?>\\s*|<!--.*?-->\\s*)*<(smses|calls)[\\s>/].*", Pattern.DOTALL);
  private static final Pattern ENCODING =
      Pattern.compile("\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

  @Override
  public String name() {
    return "sms";
  }

  @Override
  public boolean claims(FileHead head) {
    String text = head.text();
    return ROOT.matcher(text.substring(0, Math.min(text.length(), 8 << 10))).matches();
  }

  @Override
  public List<String> textColumns() {
    return List.of("subject", "body");
  }

  @Override
  public FileProfile profile(FileSource source, Map<String, String> options) throws IOException {
    long count = 0;
    try (XmlMessages messages = open(source)) {
      while (messages.next().isPresent()) {
        count++;
      }
    }
    return new FileProfile("{}", Message.columns(), count);
  }

  private static XmlMessages open(FileSource source) throws IOException {
    return XmlMessages.of(TextEncoding.of(source, declared(source)).open(source));
  }

  private static Optional<Charset> declared(FileSource source) throws IOException {
    Matcher declared = ENCODING.matcher(FileHead.of(source).text());
    if (!declared.lookingAt()) {
      return Optional.of(java.nio.charset.StandardCharsets.UTF_8);
    }
    String name = declared.group(1);
    if (name.regionMatches(true, 0, "UTF-16", 0, 6)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new UnreadableFileException(
          "not_text",
          "the XML says that its encoding is " + name + ", which is not known",
          "write it anew as UTF-8",
          e);
    }
  }

  @Override
  public RowStream open(FileSource source, String dialect, Schema schema, List<String> fields)
      throws IOException {
    return new MessageRows(open(source), new PlainRow(schema, fields));
  }
}
