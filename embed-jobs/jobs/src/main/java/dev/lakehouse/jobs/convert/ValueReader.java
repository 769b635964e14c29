package dev.lakehouse.jobs.convert;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/** Reads one value from Avro's binary form into Iceberg's internal representation. */
@FunctionalInterface
interface ValueReader {
  /**
   * The next value.
   *
   * @throws IOException if the bytes are not of the schema
   * @throws MisfitException if they are, and the table cannot hold the value
   */
  @Nullable Object read(BinaryDecoder in) throws IOException, MisfitException;
}
