package dev.lakehouse.ingest.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a remote object. A file may be read for as long as its rows take to be sent; a
 * connection that breaks meanwhile is opened again at the byte where it broke.
 */
final class ResumingStream extends InputStream {
  private static final int ATTEMPTS = 3;

  private final Source source;
  private final long size;
  private long position;
  private @Nullable InputStream open;

  /** Where the bytes come from. */
  interface Source {
    /** The bytes from one on. */
    InputStream open(long from) throws IOException;
  }

  /**
   * @param size of the object, in bytes
   */
  ResumingStream(Source source, long size) {
    this.source = source;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    for (int attempt = 1; position < size; attempt++) {
      try {
        int n = current().read(buffer, offset, length);
        if (n < 0) {
          throw new EOFException("the object ends after " + position + " of " + size + " bytes");
        }
        position += n;
        return n;
      } catch (IOException e) {
        close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
    return -1;
  }

  private InputStream current() throws IOException {
    InputStream in = open;
    if (in == null) {
      in = source.open(position);
      open = in;
    }
    return in;
  }

  @Override
  public void close() throws IOException {
    InputStream in = open;
    open = null;
    if (in != null) {
      in.close();
    }
  }
}
