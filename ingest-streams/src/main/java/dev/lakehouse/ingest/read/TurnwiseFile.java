package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.scratch.Scratch;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A file whose reading lets others have their turn, and ends when the readers are to stop. It is
 * for passes over a whole file in which no transaction is open.
 */
record TurnwiseFile(FileSource file, Turns turns, BooleanSupplier stopping) implements FileSource {
  @Override
  public String name() {
    return file.name();
  }

  @Override
  public Optional<Path> local() {
    return file.local();
  }

  @Override
  public Scratch scratch() {
    return file.scratch();
  }

  @Override
  public void rest() throws IOException {
    turns.passIfOver();
    if (stopping.getAsBoolean()) {
      throw new InterruptedIOException("the readers are to stop");
    }
  }

  @Override
  public InputStream open() throws IOException {
    return new Turnwise(file.open());
  }

  private final class Turnwise extends FilterInputStream {
    Turnwise(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      rest();
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      rest();
      return in.read(buffer, offset, length);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
