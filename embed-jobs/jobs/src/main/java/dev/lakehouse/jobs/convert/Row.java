package dev.lakehouse.jobs.convert;

import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/**
 * One row, or one nested struct, in Iceberg's internal representation: timestamps as microseconds,
 * dates as days, binary as byte buffers, text as character sequences.
 */
public final class Row implements StructLike {
  private final @Nullable Object[] values;

  public Row(int columns) {
    values = new Object[columns];
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public <T> @Nullable T get(int position, Class<T> type) {
    return type.cast(values[position]);
  }

  @Override
  public <T> void set(int position, @Nullable T value) {
    values[position] = value;
  }
}
