package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.jspecify.annotations.Nullable;

/** The rows of an Avro object container file, one block in memory at a time. */
final class AvroRows implements Rows {
  /** Rows of a block that take no bytes, as those of nulls only do. */
  private static final int MOST_EMPTY_ROWS = 10_000;

  private final DataFileStream<Object> file;
  private final AvroReader reader;
  private final Shape.Struct shape;
  private AvroBytes block = new AvroBytes(ByteBuffer.allocate(0));
  private long left;
  private long blocks;

  private AvroRows(DataFileStream<Object> file) {
    this.file = file;
    AvroReader whole = AvroReader.of(file.getSchema());
    this.reader = whole;
    this.shape =
        whole.shape() instanceof Shape.Struct struct
            ? struct
            : new Shape.Struct(List.of(new Shape.Field("value", whole.shape())));
  }

  /**
   * @throws UnreadableFileException if it is no Avro file, or is damaged at its head
   */
  static Rows open(FileSource source) throws IOException {
    AvroBlocks.check(source);
    InputStream in = new BufferedInputStream(source.open());
    try {
      return new AvroRows(new DataFileStream<>(in, new GenericDatumReader<>()));
    } catch (AvroRuntimeException | IOException e) {
      in.close();
      throw Corrupt.at("at its head", e);
    } catch (UnreadableFileException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public Shape.Struct shape() {
    return shape;
  }

  @Override
  public @Nullable Object @Nullable [] next() throws IOException {
    try {
      while (left == 0) {
        if (!block.isEnd()) {
          throw new IOException("bytes are left over behind the last row");
        } else if (!file.hasNext()) {
          return null;
        }
        block = new AvroBytes(file.nextBlock());
        left = file.getBlockCount();
        blocks++;
        if (left > Math.max(block.remaining(), MOST_EMPTY_ROWS)) {
          throw new IOException(left + " rows in " + block.remaining() + " bytes");
        }
      }
      left--;
      Object row = reader.from().read(block);
      return reader.shape() instanceof Shape.Struct
          ? (@Nullable Object[]) row
          : new @Nullable Object[] {row};
    } catch (UnreadableFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw Corrupt.at("in block " + blocks, e);
    } catch (StackOverflowError e) {
      throw Corrupt.at("in block " + blocks, new IOException("its values are nested too deep", e));
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
