package dev.lakehouse.ingest.store;

import java.io.IOException;

/** An object on its way in. Closed without {@link #keep} it leaves nothing behind. */
public interface Incoming extends AutoCloseable {
  /**
   * Takes the next bytes.
   *
   * @throws dev.lakehouse.ingest.scratch.NoRoomException if the disk is full
   */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** How many bytes came so far. */
  long bytes();

  /**
   * Ends the object: once this returns it is whole, synced, and found under its URI.
   *
   * @throws dev.lakehouse.ingest.scratch.NoRoomException if the disk is full
   */
  StoredObject keep() throws IOException;

  @Override
  void close();
}
