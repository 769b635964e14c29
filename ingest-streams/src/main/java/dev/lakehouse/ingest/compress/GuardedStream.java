package dev.lakehouse.ingest.compress;

import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacked bytes, as long as there are not suspiciously many of them. */
final class GuardedStream extends FilterInputStream {
  private final String kind;
  private final Packed packed;
  private final Limits limits;
  private long bytes;

  /**
   * @param kind of compression, for people
   * @param unpacked what the decoder gives
   * @param packed what the decoder takes from
   */
  GuardedStream(String kind, InputStream unpacked, Packed packed, Limits limits) {
    super(unpacked);
    this.kind = kind;
    this.packed = packed;
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n;
    try {
      n = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw packed.blame(kind, e);
    }
    bytes += Math.max(0, n);
    if (bytes > limits.mostBytes()) {
      throw bomb("more than " + limits.mostBytes() + " bytes", "ingest.max_unpacked");
    }
    if (bytes > Limits.GRACE_BYTES && bytes / limits.mostRatio() > packed.bytes()) {
      throw bomb(
          "more than " + limits.mostRatio() + " times its own size", "ingest.max_unpacked_ratio");
    }
    return n;
  }

  private UnreadableFileException bomb(String much, String setting) {
    return new UnreadableFileException(
        "unpacks_too_large",
        "the " + kind + " file unpacks to " + much,
        "send it unpacked or in parts, or raise " + setting);
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] skipped = new byte[(int) Math.min(8192, n)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
