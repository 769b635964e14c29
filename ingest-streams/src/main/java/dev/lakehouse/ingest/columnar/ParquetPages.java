package dev.lakehouse.ingest.columnar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column chunk, each read when it is asked for, so that a row group's size costs
 * no memory.
 */
final class ParquetPages implements PageReader {
  private final FileChannel file;
  private final ColumnChunkMetaData chunk;
  private final BytesInputDecompressor decompressor;
  private final PageBudget budget;
  private final ParquetMetadataConverter converter = new ParquetMetadataConverter();
  private final long end;
  private long position;
  private long valuesLeft;
  private long pageBytes;
  private boolean begun;
  private @Nullable DataPage first;

  ParquetPages(
      FileChannel file,
      ColumnChunkMetaData chunk,
      BytesInputDecompressor decompressor,
      PageBudget budget) {
    this.budget = budget;
    this.file = file;
    this.chunk = chunk;
    this.decompressor = decompressor;
    this.position = chunk.getStartingPos();
    this.end = chunk.getStartingPos() + chunk.getTotalSize();
    this.valuesLeft = chunk.getValueCount();
  }

  @Override
  public long getTotalValueCount() {
    return chunk.getValueCount();
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    if (begun) {
      return null;
    }
    begun = true;
    try {
      if (valuesLeft <= 0 && position >= end) {
        return null;
      }
      PageHeader header = header();
      if (header.type != PageType.DICTIONARY_PAGE) {
        first = dataPage(header);
        return null;
      }
      DictionaryPageHeader dictionary = header.getDictionary_page_header();
      BytesInput data = unpacked(header, body(header));
      if (dictionary.getNum_values() < 0 || dictionary.getNum_values() > data.size()) {
        throw new ParquetDecodingException(
            "a dictionary of "
                + dictionary.getNum_values()
                + " values in "
                + data.size()
                + " bytes");
      }
      return new DictionaryPage(
          data, dictionary.getNum_values(), converter.getEncoding(dictionary.getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable DataPage readPage() {
    try {
      DataPage page = first;
      first = null;
      while (page == null) {
        if (valuesLeft <= 0) {
          return null;
        }
        page = dataPage(header());
      }
      valuesLeft -= page.getValueCount();
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page behind the header, or null if it holds no data. */
  private @Nullable DataPage dataPage(PageHeader header) throws IOException {
    if (header.type == PageType.DATA_PAGE) {
      DataPageHeader data = header.getData_page_header();
      return new DataPageV1(
          unpacked(header, body(header)),
          checked(data.getNum_values()),
          header.getUncompressed_page_size(),
          chunk.getStatistics(),
          converter.getEncoding(data.getRepetition_level_encoding()),
          converter.getEncoding(data.getDefinition_level_encoding()),
          converter.getEncoding(data.getEncoding()));
    } else if (header.type == PageType.DATA_PAGE_V2) {
      return dataPageV2(header, header.getData_page_header_v2());
    }
    body(header);
    return null;
  }

  private DataPage dataPageV2(PageHeader header, DataPageHeaderV2 data) throws IOException {
    byte[] body = body(header);
    int repetitions = data.getRepetition_levels_byte_length();
    int definitions = data.getDefinition_levels_byte_length();
    int levels = repetitions + definitions;
    if (repetitions < 0 || definitions < 0 || levels < 0 || levels > body.length) {
      throw new ParquetDecodingException("a page has levels of " + levels + " bytes");
    }
    BytesInput values = BytesInput.from(body, levels, body.length - levels);
    int unpackedSize = header.getUncompressed_page_size() - levels;
    boolean compressed = !data.isSetIs_compressed() || data.isIs_compressed();
    if (compressed && values.size() > 0) {
      values = unpacked(values, Math.max(0, unpackedSize));
    }
    return DataPageV2.uncompressed(
        data.getNum_rows(),
        data.getNum_nulls(),
        checked(data.getNum_values()),
        BytesInput.from(body, 0, repetitions),
        BytesInput.from(body, repetitions, definitions),
        converter.getEncoding(data.getEncoding()),
        values,
        chunk.getStatistics());
  }

  private int checked(int values) {
    if (values < 0 || values > valuesLeft) {
      throw new ParquetDecodingException(
          "a page of " + values + " values where " + valuesLeft + " are left");
    }
    return values;
  }

  private BytesInput unpacked(PageHeader header, byte[] body) throws IOException {
    return unpacked(BytesInput.from(body), header.getUncompressed_page_size());
  }

  /** The bytes unpacked at once: the decompressor is shared with other columns. */
  private BytesInput unpacked(BytesInput packed, int size) throws IOException {
    return BytesInput.from(
        decompressor.decompress(packed, size).toInputStream().sliceBuffers(size));
  }

  private PageHeader header() throws IOException {
    HeaderInput in = new HeaderInput();
    PageHeader header = Util.readPageHeader(in);
    position += in.taken;
    int packed = header.getCompressed_page_size();
    int unpacked = header.getUncompressed_page_size();
    if (packed < 0 || unpacked < 0 || packed > end - position) {
      throw new ParquetDecodingException(
          "a page of " + packed + " bytes, unpacked " + unpacked + ", at byte " + position);
    }
    boolean dictionary = header.type == PageType.DICTIONARY_PAGE;
    budget.swap(dictionary ? 0 : pageBytes, Math.max(packed, unpacked));
    pageBytes = dictionary ? pageBytes : Math.max(packed, unpacked);
    return header;
  }

  private byte[] body(PageHeader header) throws IOException {
    byte[] body = new byte[header.getCompressed_page_size()];
    ByteBuffer to = ByteBuffer.wrap(body);
    while (to.hasRemaining()) {
      if (file.read(to, position + to.position()) < 0) {
        throw new EOFException("the file ends within a page");
      }
    }
    position += body.length;
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(body);
      if ((int) crc.getValue() != header.getCrc()) {
        throw new ParquetDecodingException(
            "a page before byte " + position + " has another checksum");
      }
    }
    return body;
  }

  /** The bytes from the chunk's next on; how many were taken says how long the header was. */
  private final class HeaderInput extends InputStream {
    private static final int CHUNK = 1024;

    private final ByteBuffer ready = ByteBuffer.allocate(CHUNK).flip();
    private long taken;

    @Override
    public int read() throws IOException {
      if (!ready.hasRemaining() && !fill()) {
        return -1;
      }
      taken++;
      return ready.get() & 0xFF;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
      if (!ready.hasRemaining() && !fill()) {
        return -1;
      }
      int count = Math.min(most, ready.remaining());
      ready.get(to, from, count);
      taken += count;
      return count;
    }

    private boolean fill() throws IOException {
      ready.clear();
      int read = position + taken >= end ? -1 : file.read(ready, position + taken);
      ready.flip();
      return read > 0;
    }
  }
}
