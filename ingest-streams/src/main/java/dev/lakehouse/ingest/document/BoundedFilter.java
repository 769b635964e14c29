package dev.lakehouse.ingest.document;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.DecodeResult;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;

/**
 * A filter of PDFBox that decodes at the expense of the thread's {@link Budget}. PDFBox decodes
 * whole streams into memory, of whatever size, and its filters are the only place that sees all of
 * them; it offers no way to change them, so its table of them is changed.
 */
final class BoundedFilter extends Filter {
  private static final boolean INSTALLED = exchange();

  private final Filter filter;

  private BoundedFilter(Filter filter) {
    this.filter = filter;
  }

  /** Puts every filter under the budget, once for all; without a budget nothing changes. */
  static void install() {
    if (!INSTALLED) {
      throw new IllegalStateException("the filters are not bounded");
    }
  }

  private static boolean exchange() {
    try {
      Field table = FilterFactory.class.getDeclaredField("filters");
      table.setAccessible(true);
      @SuppressWarnings("unchecked")
      Map<COSName, Filter> filters = (Map<COSName, Filter>) table.get(FilterFactory.INSTANCE);
      filters.replaceAll((name, filter) -> new BoundedFilter(filter));
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of PDFBox keeps its filters elsewhere", e);
    }
  }

  @Override
  public DecodeResult decode(
      InputStream encoded, OutputStream decoded, COSDictionary parameters, int index)
      throws IOException {
    return decode(encoded, decoded, parameters, index, DecodeOptions.DEFAULT);
  }

  @Override
  public DecodeResult decode(
      InputStream encoded,
      OutputStream decoded,
      COSDictionary parameters,
      int index,
      DecodeOptions options)
      throws IOException {
    return filter.decode(encoded, new Counting(decoded), parameters, index, options);
  }

  @Override
  protected void encode(InputStream input, OutputStream encoded, COSDictionary parameters)
      throws IOException {
    filter.encode(input, encoded, parameters, 0);
  }

  private static final class Counting extends FilterOutputStream {
    private int small;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      if (++small == 1024) {
        Budget.spend(small);
        small = 0;
      }
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      Budget.spend(length);
      out.write(bytes, from, length);
    }
  }
}
