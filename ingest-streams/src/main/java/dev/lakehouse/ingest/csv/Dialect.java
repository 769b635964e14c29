package dev.lakehouse.ingest.csv;

import java.nio.charset.Charset;

/**
 * How the bytes of a CSV file become records.
 *
 * @param charset name of its encoding
 * @param bomBytes length of the byte-order mark before the text
 * @param delimiter between fields
 * @param quote around fields that hold delimiters, quotes or line ends
 * @param header whether the first record names the columns
 */
public record Dialect(String charset, int bomBytes, char delimiter, char quote, boolean header) {
  Charset encoding() {
    return Charset.forName(charset);
  }

  Dialect withCharset(Charset other) {
    return new Dialect(other.name(), bomBytes, delimiter, quote, header);
  }
}
