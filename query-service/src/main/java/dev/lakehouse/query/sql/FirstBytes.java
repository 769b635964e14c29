package dev.lakehouse.query.sql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first bytes of an answer back, so that a query that fails early is still answered with
 * a problem and its status.
 */
final class FirstBytes extends OutputStream {
  private static final int HELD = 64 << 10;

  private final Supplier<OutputStream> open;
  private ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream out;

  /**
   * @param open gives the stream behind when the first bytes must go
   */
  FirstBytes(Supplier<OutputStream> open) {
    this.open = open;
  }

  /** Whether bytes have gone out. */
  boolean gone() {
    return out != null;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (out != null) {
      out.write(bytes, offset, length);
      return;
    }
    held.write(bytes, offset, length);
    if (held.size() > HELD) {
      letGo();
    }
  }

  private OutputStream letGo() throws IOException {
    OutputStream opened = open.get();
    out = opened;
    held.writeTo(opened);
    held = new ByteArrayOutputStream(0);
    return opened;
  }

  /** Sends what is still held. */
  void finish() throws IOException {
    (out == null ? letGo() : out).flush();
  }

  /** Closes the stream behind, if it was opened. */
  void release() throws IOException {
    if (out != null) {
      out.close();
    }
  }

  @Override
  public void flush() {}

  /** Nothing: writers close what they write to, and bytes may be held still. */
  @Override
  public void close() {}
}
