package dev.lakehouse.ingest.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip with any number of members, one behind the other. The JDK's own stream takes what follows a
 * member for the end when no more bytes happen to be at hand, and is silent about garbage; this one
 * is not. Zeros behind the last member are padding.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipStream extends InputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[64 << 10];
  private int at;
  private int end;
  private boolean over;

  /** Reads the first member's header. */
  GzipStream(InputStream in) throws IOException {
    this.in = in;
    header(need());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!over) {
      int n = inflate(out, offset, length);
      if (n > 0) {
        crc.update(out, offset, n);
        return n;
      } else if (inflater.finished()) {
        nextMember();
      } else if (inflater.needsDictionary()) {
        throw new IOException("it needs a dictionary");
      } else if (at == end && !fill()) {
        throw new EOFException("it ends in the middle");
      } else {
        inflater.setInput(buffer, at, end - at);
        at = end;
      }
    }
    return -1;
  }

  private int inflate(byte[] out, int offset, int length) throws IOException {
    try {
      return inflater.inflate(out, offset, length);
    } catch (DataFormatException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private void nextMember() throws IOException {
    at = end - inflater.getRemaining();
    long sum = four();
    long size = four();
    if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw new IOException("its checksum is another than its content's");
    }
    int next = next();
    while (next == 0) {
      next = next();
    }
    if (next < 0) {
      over = true;
      return;
    }
    header(next);
    inflater.reset();
    crc.reset();
  }

  private void header(int first) throws IOException {
    if (first != 0x1F || need() != 0x8B || need() != 8) {
      throw new IOException("what follows is no gzip member");
    }
    int flags = need();
    for (int i = 0; i < 6; i++) {
      need();
    }
    if ((flags & EXTRA) != 0) {
      int length = need() | need() << 8;
      for (int i = 0; i < length; i++) {
        need();
      }
    }
    for (int text = flags & (NAME | COMMENT); text != 0; text &= text - 1) {
      int c = need();
      while (c != 0) {
        c = need();
      }
    }
    if ((flags & HEADER_CRC) != 0) {
      need();
      need();
    }
  }

  private long four() throws IOException {
    return need() | need() << 8 | need() << 16 | (long) need() << 24;
  }

  private int need() throws IOException {
    int next = next();
    if (next < 0) {
      throw new EOFException("it ends in the middle");
    }
    return next;
  }

  private int next() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
