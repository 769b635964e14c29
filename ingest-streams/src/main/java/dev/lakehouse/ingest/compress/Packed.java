package dev.lakehouse.ingest.compress;

import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The bytes of a compressed file: counted, and with their own failures kept apart. */
class Packed extends FilterInputStream {
  private long bytes;
  private Optional<IOException> failure = Optional.empty();

  Packed(InputStream in) {
    super(in);
  }

  long bytes() {
    return bytes;
  }

  /**
   * What is to be thrown for a decoder's complaint: the store's failure if there was one, else that
   * the file is broken.
   */
  IOException blame(String kind, IOException e) {
    if (failure.isPresent()) {
      return failure.get();
    }
    throw broken(kind, String.valueOf(e.getMessage()), e);
  }

  static UnreadableFileException broken(String kind, String what, Throwable cause) {
    return new UnreadableFileException(
        "corrupt_archive",
        "the " + kind + " file is truncated or corrupt: " + what,
        "compress the file anew and send it again; 'gzip -t', 'zstd -t' or 'unzip -t' test one",
        cause);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int n = in.read(buffer, offset, length);
      bytes += Math.max(0, n);
      return n;
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] skipped = new byte[(int) Math.min(8192, n)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }
}
