package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks through an Avro file's blocks without reading what is in them, before anything allocates
 * memory for a length that the file states.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#object-container-files">the
 *     format</a>
 */
final class AvroBlocks {
  private static final int LARGEST_BLOCK = 64 << 20;
  private static final int LARGEST_HEAD = 16 << 20;
  private static final int SYNC_BYTES = 16;
  private static final int MAGIC_BYTES = 4;
  private static final int MOST_LONG_BYTES = 10;

  private final InputStream in;
  private long position;

  private AvroBlocks(InputStream in) {
    this.in = in;
  }

  /**
   * Checks the whole file.
   *
   * @throws UnreadableFileException if it is damaged, or a block is too large
   */
  static void check(FileSource source) throws IOException {
    try (InputStream in = new BufferedInputStream(source.open(), 1 << 16)) {
      AvroBlocks blocks = new AvroBlocks(in);
      try {
        blocks.walk();
      } catch (EOFException e) {
        throw Corrupt.at("at byte " + blocks.position, e);
      }
    }
  }

  private void walk() throws IOException {
    byte[] magic = bytes(MAGIC_BYTES);
    if (!Arrays.equals(magic, new byte[] {'O', 'b', 'j', 1})) {
      throw damaged("it does not begin as an Avro file");
    }
    for (long entries = readLong(); entries != 0; entries = readLong()) {
      if (entries < 0) {
        readLong();
        entries = -entries;
      }
      for (long i = 0; i < entries; i++) {
        skip(length(LARGEST_HEAD, "an entry of the head"));
        skip(length(LARGEST_HEAD, "an entry of the head"));
      }
    }
    byte[] sync = bytes(SYNC_BYTES);
    for (int first = in.read(); first >= 0; first = in.read()) {
      position++;
      long rows = readLong(first);
      if (rows < 0) {
        throw damaged("a block has " + rows + " rows");
      }
      skip(length(LARGEST_BLOCK, "a block"));
      if (!Arrays.equals(sync, bytes(SYNC_BYTES))) {
        throw damaged("a block does not end where it should");
      }
    }
  }

  private long length(int most, String what) throws IOException {
    long length = readLong();
    if (length < 0 || length > most) {
      throw damaged(what + " has " + length + " bytes; at most " + most + " are read");
    }
    return length;
  }

  private UnreadableFileException damaged(String why) {
    return Corrupt.at("at byte " + position, new IOException(why));
  }

  private long readLong() throws IOException {
    position++;
    return readLong(in.read());
  }

  private long readLong(int first) throws IOException {
    long value = 0;
    int b = first;
    for (int i = 0; i < MOST_LONG_BYTES; i++) {
      if (b < 0) {
        throw new EOFException("the file ends too early");
      }
      value |= (long) (b & 0x7F) << (7 * i);
      if (b < 0x80) {
        return (value >>> 1) ^ -(value & 1);
      }
      b = in.read();
      position++;
    }
    throw damaged("a number has too many bytes");
  }

  private byte[] bytes(int count) throws IOException {
    byte[] read = in.readNBytes(count);
    position += read.length;
    if (read.length < count) {
      throw new EOFException("the file ends too early");
    }
    return read;
  }

  private void skip(long count) throws IOException {
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw new EOFException("the file ends too early");
    }
    position += count;
  }
}
