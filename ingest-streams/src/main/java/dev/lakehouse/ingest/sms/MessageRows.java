package dev.lakehouse.ingest.sms;

import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.format.PlainRow;
import dev.lakehouse.ingest.format.RowStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The messages of an archive as rows. */
final class MessageRows implements RowStream {
  /** What stands at one place of an archive: a message, or something that should be one. */
  sealed interface Entry {
    /** Its bytes, or the nearest to them. */
    byte[] raw();
  }

  /** A message. */
  record Good(Message message, Raw source) implements Entry {
    @Override
    public byte[] raw() {
      return source.bytes();
    }
  }

  /**
   * What is no message.
   *
   * @param why for people: what is wrong with it
   */
  record Bad(String why, Raw source) implements Entry {
    @Override
    public byte[] raw() {
      return source.bytes();
    }
  }

  /** Makes an entry's bytes when they are asked for. */
  interface Raw {
    byte[] bytes();
  }

  /** The entries in the archive's order. */
  interface Entries extends Closeable {
    /** The next one, or empty behind the last. */
    Optional<Entry> next() throws IOException;
  }

  private final Entries entries;
  private final PlainRow record;
  private @Nullable Entry current;
  private boolean fits;

  MessageRows(Entries entries, PlainRow record) {
    this.entries = entries;
    this.record = record;
  }

  @Override
  public boolean next() throws IOException {
    fits = false;
    current = entries.next().orElse(null);
    return current != null;
  }

  @Override
  public Optional<Misfit> fit() {
    if (current instanceof Bad bad) {
      return Optional.of(new Misfit("misfit", bad.why));
    } else if (!(current instanceof Good)) {
      throw new IllegalStateException("behind the last message");
    }
    Message message = ((Good) current).message;
    Optional<Misfit> misfit = record.take(message.values(), "message " + message.number());
    fits = misfit.isEmpty();
    return misfit;
  }

  @Override
  public void write(Encoder out) throws IOException {
    record.write(out);
  }

  @Override
  public byte[] raw() {
    return current == null ? new byte[0] : current.raw();
  }

  @Override
  public Optional<PageText> text() {
    return fits && current instanceof Good good ? good.message.pageText() : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
