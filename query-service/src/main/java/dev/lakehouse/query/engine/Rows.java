package dev.lakehouse.query.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer, row by row. Values are Boolean, Integer and smaller, Long, BigInteger, BigDecimal,
 * Float, Double, String, LocalDate, LocalTime, LocalDateTime, Instant, byte[], List, Map, or null.
 */
public interface Rows extends AutoCloseable {
  /**
   * A column of the answer.
   *
   * @param type as the HTTP reference names types
   */
  record Column(String name, String type) {}

  List<Column> columns();

  /** The next row, or null after the last. */
  @Nullable Object @Nullable [] next();

  @Override
  void close();
}
