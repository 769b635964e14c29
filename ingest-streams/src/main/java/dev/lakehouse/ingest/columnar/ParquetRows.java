package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.LocalCopy;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The rows of a Parquet file, of which the current page of each column is in memory. */
final class ParquetRows implements Rows {
  private static final int PAGE_BYTES = 1 << 20;

  private final LocalCopy copy;
  private final FileChannel file;
  private final CodecFactory codecs = new CodecFactory(new PlainParquetConfiguration(), PAGE_BYTES);
  private final ParquetRecord record;
  private final MessageColumnIO columns;
  private final Iterator<BlockMetaData> groups;
  private @Nullable RecordReader<@Nullable Object[]> reader;
  private long left;
  private long done;

  private ParquetRows(LocalCopy copy, FileChannel file, ParquetMetadata footer) {
    this.copy = copy;
    this.file = file;
    MessageType schema = footer.getFileMetaData().getSchema();
    this.record = new ParquetRecord(schema);
    this.columns = new ColumnIOFactory(footer.getFileMetaData().getCreatedBy()).getColumnIO(schema);
    this.groups = footer.getBlocks().iterator();
  }

  /**
   * @throws UnreadableFileException if it is no Parquet file, is encrypted, or its footer damaged
   */
  static Rows open(FileSource source) throws IOException {
    LocalCopy copy = LocalCopy.of(source);
    FileChannel file = FileChannel.open(copy.path(), StandardOpenOption.READ);
    try {
      return new ParquetRows(copy, file, footer(copy));
    } catch (RuntimeException e) {
      file.close();
      copy.close();
      throw unreadable("in its footer", copy, e);
    }
  }

  private static ParquetMetadata footer(LocalCopy copy) {
    LocalInputFile input = new LocalInputFile(copy.path());
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (var in = input.newStream()) {
      return ParquetFileReader.readFooter(input, options, in);
    } catch (IOException e) {
      throw Corrupt.at("in its footer", copy.path(), e);
    }
  }

  private static UnreadableFileException unreadable(
      String where, LocalCopy copy, RuntimeException e) {
    if (e instanceof UnreadableFileException said) {
      return said;
    } else if (e instanceof ParquetCryptoRuntimeException) {
      return new UnreadableFileException(
          "encrypted",
          "the Parquet file is encrypted",
          "write the file without encryption; keys are not taken",
          e);
    }
    return Corrupt.at(where, copy.path(), e);
  }

  @Override
  public Shape.Struct shape() {
    return record.shape();
  }

  @Override
  public @Nullable Object @Nullable [] next() throws IOException {
    try {
      while (left == 0 || reader == null) {
        if (!groups.hasNext()) {
          return null;
        }
        BlockMetaData group = groups.next();
        left = group.getRowCount();
        if (left > 0) {
          reader =
              columns.getRecordReader(new Group(group), record.materializer(), FilterCompat.NOOP);
        }
      }
      left--;
      done++;
      return reader.read();
    } catch (RuntimeException e) {
      throw unreadable("at row " + done, copy, e);
    }
  }

  /** The pages of one row group. */
  private final class Group implements PageReadStore {
    private final BlockMetaData group;
    private final PageBudget budget = new PageBudget();
    private final Map<ColumnPath, ColumnChunkMetaData> chunks = new HashMap<>();

    Group(BlockMetaData group) {
      this.group = group;
      group.getColumns().forEach(chunk -> chunks.put(chunk.getPath(), chunk));
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      ColumnChunkMetaData chunk = chunks.get(ColumnPath.get(column.getPath()));
      if (chunk == null) {
        throw new IllegalStateException("a row group lacks column " + column);
      }
      return new ParquetPages(file, chunk, codecs.getDecompressor(chunk.getCodec()), budget);
    }

    @Override
    public long getRowCount() {
      return group.getRowCount();
    }
  }

  @Override
  public void close() throws IOException {
    codecs.release();
    file.close();
    copy.close();
  }
}
