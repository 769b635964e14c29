package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.name.ColumnNames;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in records of one schema their primitive leaves lie, each under the path that the
 * table's column has. No object is made of a value before it is looked at. For one thread.
 */
final class ColumnReader {
  private interface Part {
    void read(AvroBytes in, Places out);
  }

  private final List<Leaf> leaves = new ArrayList<>();
  private final Map<String, Part> silent = new HashMap<>();
  private final Part root;
  private final AvroBytes in = new AvroBytes();

  /**
   * @param reserved names that no column of the table can have
   */
  ColumnReader(Schema schema, Set<String> reserved) {
    this.root = record(schema, "", reserved, new HashSet<>());
  }

  /** All leaves, as {@link Places} number them. */
  List<Leaf> leaves() {
    return leaves;
  }

  /**
   * Finds each leaf of a record that is not null.
   *
   * @throws IndexOutOfBoundsException if the bytes are not of the schema
   */
  void read(byte[] bytes, int from, int to, Places out) {
    in.open(bytes, from, to);
    out.clear();
    root.read(in, out);
  }

  private Part record(Schema schema, String prefix, Set<String> reserved, Set<String> open) {
    if (!open.add(schema.getFullName())) {
      return silent(schema);
    }
    List<String> wished = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      String own = field.getProp(ColumnNames.PROPERTY);
      wished.add(own == null ? field.name() : own);
    }
    List<String> names = ColumnNames.unique(wished, reserved);
    Part[] fields = new Part[names.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = of(schema.getFields().get(i).schema(), prefix + names.get(i), open);
    }
    open.remove(schema.getFullName());
    return (from, out) -> {
      for (Part field : fields) {
        field.read(from, out);
      }
    };
  }

  /** What lies within a record of its own kind has no column; it is passed over. */
  private Part silent(Schema schema) {
    Part known = silent.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    Part[] fields = new Part[schema.getFields().size()];
    Part part =
        (from, out) -> {
          for (Part field : fields) {
            field.read(from, out);
          }
        };
    silent.put(schema.getFullName(), part);
    for (int i = 0; i < fields.length; i++) {
      fields[i] = of(schema.getFields().get(i).schema(), null, new HashSet<>());
    }
    return part;
  }

  /**
   * @param path of the column, or null where there is none
   */
  private Part of(Schema schema, @Nullable String path, Set<String> open) {
    return switch (schema.getType()) {
      case NULL -> (from, out) -> {};
      case UNION -> union(schema, path, open);
      case RECORD -> path == null ? silent(schema) : record(schema, path + ".", Set.of(), open);
      case ARRAY -> blocks(of(schema.getElementType(), within(path, ".element"), open));
      case MAP -> {
        Part key = of(Schema.create(Schema.Type.STRING), within(path, ".key"), open);
        Part value = of(schema.getValueType(), within(path, ".value"), open);
        yield blocks(
            (from, out) -> {
              key.read(from, out);
              value.read(from, out);
            });
      }
      default -> leaf(schema, path);
    };
  }

  private static @Nullable String within(@Nullable String path, String part) {
    return path == null ? null : path + part;
  }

  /** Where values may be of several kinds, all of them, and what is within, are the column's. */
  private Part union(Schema schema, @Nullable String path, Set<String> open) {
    Part[] branches = new Part[schema.getTypes().size()];
    int first = leaves.size();
    int kinds = 0;
    for (int i = 0; i < branches.length; i++) {
      Schema branch = schema.getTypes().get(i);
      kinds += branch.getType() == Schema.Type.NULL ? 0 : 1;
      branches[i] = of(branch, path, open);
    }
    if (kinds > 1 && path != null) {
      leaves.subList(first, leaves.size()).replaceAll(leaf -> leaf.at(path));
    }
    return (from, out) -> {
      long branch = from.number();
      if (branch < 0 || branch >= branches.length) {
        throw new IndexOutOfBoundsException("a union has no branch " + branch);
      }
      branches[(int) branch].read(from, out);
    };
  }

  private static Part blocks(Part item) {
    return (from, out) -> {
      for (long count = from.number(); count != 0; count = from.number()) {
        if (count < 0) {
          count = -count;
          from.number();
        }
        for (long i = 0; i < count; i++) {
          item.read(from, out);
        }
      }
    };
  }

  private Part leaf(Schema schema, @Nullable String path) {
    int leaf = path == null ? -1 : number(leafOf(schema, path));
    return switch (schema.getType()) {
      case BOOLEAN -> (from, out) -> found(out, leaf, from.octet(), 0);
      case INT, LONG, ENUM -> (from, out) -> found(out, leaf, from.number(), 0);
      case FLOAT ->
          (from, out) ->
              found(out, leaf, Double.doubleToRawLongBits(Float.intBitsToFloat(from.four())), 0);
      case DOUBLE -> (from, out) -> found(out, leaf, from.eight(), 0);
      case FIXED -> (from, out) -> range(from, out, leaf, schema.getFixedSize());
      default -> (from, out) -> range(from, out, leaf, from.length());
    };
  }

  private static void range(AvroBytes from, Places out, int leaf, int length) {
    found(out, leaf, from.at(), length);
    from.skip(length);
  }

  private static void found(Places out, int leaf, long value, int length) {
    if (leaf >= 0) {
      out.add(leaf, value, length);
    }
  }

  private int number(Leaf leaf) {
    leaves.add(leaf);
    return leaves.size() - 1;
  }

  private static Leaf leafOf(Schema schema, String path) {
    String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    return switch (schema.getType()) {
      case BOOLEAN ->
          new Leaf.Numeric(path, value -> Makeup.alike(), value -> value == 0 ? "false" : "true");
      case INT ->
          logical.equals("date")
              ? alike(path, value -> LocalDate.ofEpochDay(value).toString())
              : new Leaf.Numeric(path, Makeup::ofNumber, Long::toString);
      case LONG ->
          switch (logical) {
            case "timestamp-millis", "local-timestamp-millis" ->
                alike(path, value -> Instant.ofEpochMilli(value).toString());
            case "timestamp-micros", "local-timestamp-micros" ->
                alike(path, value -> LeafText.seconds(Math.floorDiv(value, 1_000_000)));
            case "timestamp-nanos", "local-timestamp-nanos" ->
                alike(path, value -> LeafText.seconds(Math.floorDiv(value, 1_000_000_000)));
            default -> new Leaf.Numeric(path, Makeup::ofNumber, Long::toString);
          };
      case ENUM -> {
        List<String> symbols = schema.getEnumSymbols();
        LongUnaryOperator makeup = value -> value;
        yield new Leaf.Numeric(path, makeup, value -> symbols.get((int) value));
      }
      case FLOAT -> real(path, value -> LeafText.number(value, (float) value));
      case DOUBLE -> real(path, value -> LeafText.number(value, value));
      case BYTES, FIXED ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? new Leaf.Decimal(path, decimal.getScale())
              : new Leaf.Binary(path);
      default -> new Leaf.Text(path);
    };
  }

  private static Leaf alike(String path, LongFunction<String> text) {
    return new Leaf.Numeric(path, value -> Makeup.alike(), text);
  }

  private static Leaf real(String path, DoubleFunction<String> text) {
    return new Leaf.Numeric(
        path,
        bits -> Makeup.ofReal(Double.longBitsToDouble(bits)),
        bits -> text.apply(Double.longBitsToDouble(bits)));
  }

  /** A cache of readers by schema id, for one thread. */
  static final class Cache {
    private final Function<Integer, Schema> schemas;
    private final Set<String> reserved;
    private final Map<Integer, ColumnReader> readers = new HashMap<>();

    Cache(Function<Integer, Schema> schemas, Set<String> reserved) {
      this.schemas = schemas;
      this.reserved = reserved;
    }

    ColumnReader of(int id) {
      ColumnReader reader = readers.get(id);
      if (reader == null) {
        Schema schema = schemas.apply(id);
        reader =
            new ColumnReader(schema, schema.getType() == Schema.Type.RECORD ? reserved : Set.of());
        readers.put(id, reader);
      }
      return reader;
    }
  }
}
