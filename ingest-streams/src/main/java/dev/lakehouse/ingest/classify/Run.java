package dev.lakehouse.ingest.classify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of records of one partition as one value, so that the topology handles a fetch at a time
 * and not each record.
 *
 * @param from offset from which on everything is accounted for here
 * @param to offset after the last that is
 * @param records how many committed records lie between
 * @param kept the values that are to be looked at
 */
record Run(long from, long to, int records, List<byte[]> kept) {

  byte[] write() {
    int size = 32;
    for (byte[] value : kept) {
      size += value.length + 4;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(from);
      out.writeLong(to);
      out.writeInt(records);
      out.writeInt(kept.size());
      for (byte[] value : kept) {
        out.writeInt(value.length);
        out.write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Run read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long from = in.readLong();
      long to = in.readLong();
      int records = in.readInt();
      int size = in.readInt();
      List<byte[]> kept = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        kept.add(in.readNBytes(in.readInt()));
      }
      return new Run(from, to, records, kept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
