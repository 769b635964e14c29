package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.List;

/**
 * How the bytes of a CSV file become rows.
 *
 * @param charset name of its encoding
 * @param bomBytes length of the byte-order mark before the text
 * @param delimiter between fields, one character or several
 * @param quote around fields that hold delimiters, quotes or line ends, or the empty string
 * @param escape before a quote inside quotes, besides doubling it, or the empty string
 * @param comment lines that begin with it are no rows; or the empty string
 * @param preamble how many records before the header are no rows
 * @param headerRows how many records name the columns
 * @param columns how many fields a row has
 * @param trailing whether an empty field may follow each row's last one
 * @param bodyRows how many rows there are before the footer
 * @param rows how many rows there are; what is behind them is not read
 * @param pad whether a row with too few fields is filled up with nulls
 * @param nulls what stands for no value in typed columns, or the empty list for the usual ones
 * @param notations how each column writes its values, where it is not the plain way
 */
record Dialect(
    String charset,
    int bomBytes,
    String delimiter,
    String quote,
    String escape,
    String comment,
    int preamble,
    int headerRows,
    int columns,
    boolean trailing,
    long bodyRows,
    long rows,
    boolean pad,
    List<String> nulls,
    List<String> notations) {
  Charset encoding() {
    return Charset.forName(charset);
  }

  Dialect withCharset(Charset other) {
    return new Dialect(
        other.name(),
        bomBytes,
        delimiter,
        quote,
        escape,
        comment,
        preamble,
        headerRows,
        columns,
        trailing,
        bodyRows,
        rows,
        pad,
        nulls,
        notations);
  }

  /** The same once the whole file is known. */
  Dialect counted(long body, long all, List<String> how) {
    return new Dialect(
        charset,
        bomBytes,
        delimiter,
        quote,
        escape,
        comment,
        preamble,
        headerRows,
        columns,
        trailing,
        body,
        all,
        pad,
        nulls,
        how);
  }

  /** The same for rows in UTF-8 with nothing before and behind them; none is a comment. */
  Dialect ofOneRow() {
    return new Dialect(
        UTF_8.name(),
        0,
        delimiter,
        quote,
        escape,
        "",
        0,
        0,
        columns,
        trailing,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        pad,
        nulls,
        notations);
  }

  Marks marks() {
    return new Marks(delimiter, quote, escape, comment);
  }

  /** The characters that make structure. */
  record Marks(String delimiter, String quote, String escape, String comment) {}
}
