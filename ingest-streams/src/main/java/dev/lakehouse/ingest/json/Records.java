package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The records of one file, each made into the cells of one {@link Flattener}. */
interface Records extends Closeable {
  /**
   * Moves to the next record and makes its cells.
   *
   * @return false behind the last
   * @throws UnreadableFileException if the file as a whole cannot be read
   */
  boolean next() throws IOException;

  /** What is wrong with the record whatever its columns' types are. */
  Optional<Misfit> problem();

  /** The line on which the record begins, from 1. */
  long line();

  /** The record's own bytes, of a very long one the first. */
  byte[] raw();
}
