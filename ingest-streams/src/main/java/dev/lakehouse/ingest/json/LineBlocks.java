package dev.lakehouse.ingest.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into blocks of whole lines, in memory that a single line bounds. */
final class LineBlocks implements Closeable {
  private static final int USUAL = 64 << 10;

  private final InputStream in;
  private final int longest;
  private byte[] bytes = new byte[2 * USUAL];
  private int start;
  private int end;
  private int filled;
  private boolean ended;
  private boolean overlong;

  /**
   * @param longest bytes of a line that is kept whole
   */
  LineBlocks(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Moves to the next block; false behind the last. */
  boolean next() throws IOException {
    start = end;
    overlong = false;
    while (true) {
      int newline = lastNewline();
      if (newline >= 0 && (filled - start >= USUAL || ended)) {
        end = ended ? filled : newline + 1;
        return end > start;
      } else if (ended) {
        end = filled;
        return end > start;
      } else if (filled - start >= longest && newline < 0) {
        overlong = true;
        skipLine();
        return true;
      }
      fill();
    }
  }

  private int lastNewline() {
    for (int i = filled - 1; i >= start; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, filled - start);
      filled -= start;
      start = 0;
      end = 0;
    }
    if (filled == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int read = in.read(bytes, filled, bytes.length - filled);
    ended = read < 0;
    filled += Math.max(0, read);
  }

  /** Keeps what there is of the line as the block and drops the rest of the line. */
  private void skipLine() throws IOException {
    end = filled;
    byte[] rest = new byte[USUAL];
    int read = in.read(rest);
    while (read >= 0) {
      for (int i = 0; i < read; i++) {
        if (rest[i] == '\n') {
          int left = read - i - 1;
          if (filled + left > bytes.length) {
            bytes = Arrays.copyOf(bytes, filled + left);
          }
          System.arraycopy(rest, i + 1, bytes, filled, left);
          filled += left;
          return;
        }
      }
      read = in.read(rest);
    }
    ended = true;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Whether the block is the beginning of a line that is longer than what is kept. */
  boolean overlong() {
    return overlong;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
