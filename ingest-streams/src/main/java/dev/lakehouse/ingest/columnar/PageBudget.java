package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.UnreadableFileException;

/** How many bytes the current pages of a row group's columns take together. */
final class PageBudget {
  private static final int MOST_PAGE = 64 << 20;
  private static final long MOST = 128L << 20;

  private long taken;

  /**
   * Takes the place of a page and gives back that of the one before.
   *
   * @throws UnreadableFileException if the pages are too large to be read in bounded memory
   */
  void swap(long before, long page) {
    taken += page - before;
    if (page > MOST_PAGE || taken > MOST) {
      throw new UnreadableFileException(
          "pages_too_large",
          "a page of the Parquet file has "
              + page
              + " bytes unpacked and the current pages of all columns "
              + taken
              + "; at most "
              + MOST_PAGE
              + " and "
              + MOST
              + " are read",
          "write the file with smaller row groups or pages");
    }
  }
}
