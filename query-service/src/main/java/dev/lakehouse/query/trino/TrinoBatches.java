package dev.lakehouse.query.trino;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.query.engine.Batches;
import dev.lakehouse.query.engine.Rows;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Rows of Trino's put together in batches of columns. */
final class TrinoBatches implements Batches {
  /** Most rows of a batch, and about how many bytes end it earlier. */
  private static final int MANY = 8192;

  private static final long LARGE = 4L << 20;

  private final TrinoRows rows;
  private final BufferAllocator memory;
  private final VectorSchemaRoot root;

  TrinoBatches(TrinoRows rows, BufferAllocator memory) {
    this.rows = rows;
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < rows.types().size(); i++) {
      fields.add(ArrowTypes.field(rows.columns().get(i).name(), rows.types().get(i)));
    }
    this.memory = memory.newChildAllocator("query", 0, Long.MAX_VALUE);
    this.root = VectorSchemaRoot.create(new Schema(fields), this.memory);
  }

  @Override
  public List<String> names() {
    return rows.columns().stream().map(Rows.Column::name).toList();
  }

  @Override
  public VectorSchemaRoot root() {
    return root;
  }

  @Override
  public boolean next() {
    root.clear();
    root.allocateNew();
    int count = 0;
    long bytes = 0;
    @Nullable Object @Nullable [] row = rows.next();
    while (row != null) {
      for (int i = 0; i < row.length; i++) {
        set(root.getVector(i), count, row[i]);
        bytes += TrinoValues.weight(row[i]);
      }
      count++;
      row = count < MANY && bytes < LARGE ? rows.next() : null;
    }
    root.setRowCount(count);
    return count > 0;
  }

  private static void set(FieldVector vector, int at, @Nullable Object value) {
    if (value == null) {
      vector.setNull(at);
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(at, (Boolean) value ? 1 : 0);
    } else if (vector instanceof TinyIntVector numbers) {
      numbers.setSafe(at, ((Number) value).intValue());
    } else if (vector instanceof SmallIntVector numbers) {
      numbers.setSafe(at, ((Number) value).intValue());
    } else if (vector instanceof IntVector numbers) {
      numbers.setSafe(at, ((Number) value).intValue());
    } else if (vector instanceof BigIntVector numbers) {
      numbers.setSafe(at, ((Number) value).longValue());
    } else if (vector instanceof Float4Vector numbers) {
      numbers.setSafe(at, ((Number) value).floatValue());
    } else if (vector instanceof Float8Vector numbers) {
      numbers.setSafe(at, ((Number) value).doubleValue());
    } else if (vector instanceof DecimalVector numbers) {
      numbers.setSafe(at, ((BigDecimal) value).setScale(numbers.getScale()));
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(at, value.toString().getBytes(UTF_8));
    } else if (vector instanceof VarBinaryVector bytes) {
      bytes.setSafe(at, (byte[]) value);
    } else if (vector instanceof DateDayVector dates) {
      dates.setSafe(at, (int) ((LocalDate) value).toEpochDay());
    } else if (vector instanceof TimeMicroVector times) {
      times.setSafe(at, ((LocalTime) value).toNanoOfDay() / 1000);
    } else if (vector instanceof TimeStampVector moments) {
      moments.setSafe(at, micros(value));
    } else if (vector instanceof StructVector struct) {
      struct(struct, at, (Map<?, ?>) value);
    } else if (vector instanceof ListVector list) {
      list(list, at, value);
    } else {
      throw new IllegalStateException("no values of " + vector.getField());
    }
  }

  private static long micros(Object moment) {
    Instant instant =
        moment instanceof LocalDateTime clock ? clock.toInstant(ZoneOffset.UTC) : (Instant) moment;
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static void struct(StructVector vector, int at, Map<?, ?> fields) {
    vector.setIndexDefined(at);
    fields.forEach((name, value) -> set(vector.getChild((String) name), at, value));
  }

  /** A list, or a map, which is a list of its entries. */
  private static void list(ListVector vector, int at, Object value) {
    FieldVector elements = vector.getDataVector();
    int start = vector.startNewValue(at);
    int count = 0;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        StructVector entries = (StructVector) elements;
        entries.setIndexDefined(start + count);
        set(entries.getChild("key"), start + count, key(entries, entry.getKey()));
        set(entries.getChild("value"), start + count, entry.getValue());
        count++;
      }
    } else {
      for (Object element : (List<?>) value) {
        set(elements, start + count, element);
        count++;
      }
    }
    vector.endValue(at, count);
  }

  /** Keys come as texts; as numbers they are read again. */
  private static Object key(StructVector entries, Object key) {
    FieldVector keys = entries.getChild("key");
    return keys instanceof VarCharVector ? key : new BigDecimal(key.toString());
  }

  @Override
  public void close() {
    root.close();
    memory.close();
    rows.close();
  }
}
