package dev.lakehouse.ingest.columnar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Assembles the rows of one Parquet schema. */
final class ParquetRecord {
  private final Node root;
  private final Shape.Struct shape;
  private @Nullable Object[] row = new Object[0];

  ParquetRecord(MessageType schema) {
    Node struct = struct(schema, 0);
    this.root = struct;
    this.shape = (Shape.Struct) struct.shape();
  }

  Shape.Struct shape() {
    return shape;
  }

  /** What values of a type are like, and what takes them. */
  private record Node(Shape shape, Maker maker) {}

  private interface Maker {
    /** A converter that hands each whole value on. */
    Converter to(Consumer<Object> sink);
  }

  RecordMaterializer<@Nullable Object[]> materializer() {
    GroupConverter converter =
        root.maker().to(value -> row = (@Nullable Object[]) value).asGroupConverter();
    return new RecordMaterializer<>() {
      @Override
      public @Nullable Object[] getCurrentRecord() {
        return row;
      }

      @Override
      public GroupConverter getRootConverter() {
        return converter;
      }
    };
  }

  private static Node node(Type type, int depth) {
    Shape.checkDepth(depth);
    if (type.isPrimitive()) {
      ParquetScalar scalar = ParquetScalar.of(type.asPrimitiveType());
      return new Node(scalar.shape(), scalar::converter);
    }
    GroupType group = type.asGroupType();
    var logical = group.getLogicalTypeAnnotation();
    boolean single =
        group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
    if (logical instanceof ListLogicalTypeAnnotation && single) {
      return list(group, depth);
    } else if ((logical instanceof MapLogicalTypeAnnotation
            || logical instanceof MapKeyValueTypeAnnotation)
        && single
        && !group.getType(0).isPrimitive()
        && group.getType(0).asGroupType().getFieldCount() == 2) {
      return map(group, depth);
    }
    return struct(group, depth);
  }

  private static Node struct(GroupType group, int depth) {
    List<Shape.Field> fields = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    List<Boolean> repeated = new ArrayList<>();
    for (Type field : group.getFields()) {
      Node node = node(field, depth + 1);
      boolean many = field.isRepetition(Type.Repetition.REPEATED);
      fields.add(
          new Shape.Field(field.getName(), many ? new Shape.Items(node.shape()) : node.shape()));
      nodes.add(node);
      repeated.add(many);
    }
    return new Node(
        new Shape.Struct(List.copyOf(fields)), sink -> new StructConverter(nodes, repeated, sink));
  }

  /**
   * A list is a group around a repeated field; whether that field is the item or holds it follows
   * the rules for what older writers did.
   *
   * @see <a
   *     href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#backward-compatibility-rules">the
   *     rules</a>
   */
  private static Node list(GroupType group, int depth) {
    Type inner = group.getType(0);
    boolean isItem =
        inner.isPrimitive()
            || inner.asGroupType().getFieldCount() != 1
            || inner.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
            || inner.getName().equals("array")
            || inner.getName().equals(group.getName() + "_tuple");
    Node item = node(isItem ? inner : inner.asGroupType().getType(0), depth + 1);
    return new Node(new Shape.Items(item.shape()), sink -> new ListConverter(item, isItem, sink));
  }

  private static Node map(GroupType group, int depth) {
    GroupType pair = group.getType(0).asGroupType();
    Node key = node(pair.getType(0), depth + 1);
    Node value = node(pair.getType(1), depth + 1);
    return new Node(
        new Shape.Entries(key.shape(), value.shape()), sink -> new MapConverter(key, value, sink));
  }

  private static final class StructConverter extends GroupConverter {
    private final Converter[] fields;
    private final List<Boolean> repeated;
    private final Consumer<Object> sink;
    private @Nullable Object[] values = new Object[0];

    StructConverter(List<Node> nodes, List<Boolean> repeated, Consumer<Object> sink) {
      this.repeated = repeated;
      this.sink = sink;
      this.fields = new Converter[nodes.size()];
      for (int i = 0; i < fields.length; i++) {
        int field = i;
        fields[i] =
            nodes
                .get(i)
                .maker()
                .to(repeated.get(i) ? item -> add(field, item) : value -> values[field] = value);
      }
    }

    @SuppressWarnings("unchecked")
    private void add(int field, Object item) {
      ((List<Object>) java.util.Objects.requireNonNull(values[field])).add(item);
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      values = new Object[fields.length];
      for (int i = 0; i < fields.length; i++) {
        if (repeated.get(i)) {
          values[i] = new ArrayList<>();
        }
      }
    }

    @Override
    public void end() {
      sink.accept(values);
    }
  }

  private static final class ListConverter extends GroupConverter {
    private final Converter repeated;
    private final Consumer<Object> sink;
    private List<@Nullable Object> items = new ArrayList<>();

    ListConverter(Node item, boolean isItem, Consumer<Object> sink) {
      this.sink = sink;
      this.repeated =
          isItem
              ? item.maker().to(value -> items.add(value))
              : new Holder(List.of(item), held -> items.add(held[0]));
    }

    @Override
    public Converter getConverter(int field) {
      return repeated;
    }

    @Override
    public void start() {
      items = new ArrayList<>();
    }

    @Override
    public void end() {
      sink.accept(items);
    }
  }

  private static final class MapConverter extends GroupConverter {
    private final Converter pairs;
    private final Consumer<Object> sink;
    private Map<Object, @Nullable Object> entries = new LinkedHashMap<>();

    MapConverter(Node key, Node value, Consumer<Object> sink) {
      this.sink = sink;
      this.pairs =
          new Holder(
              List.of(key, value),
              held -> entries.put(held[0] == null ? "null" : held[0], held[1]));
    }

    @Override
    public Converter getConverter(int field) {
      return pairs;
    }

    @Override
    public void start() {
      entries = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      sink.accept(entries);
    }
  }

  /** The repeated group within a list or map, which is nothing itself. */
  private static final class Holder extends GroupConverter {
    private final Converter[] fields;
    private final Consumer<@Nullable Object[]> sink;
    private @Nullable Object[] held = new Object[0];

    Holder(List<Node> nodes, Consumer<@Nullable Object[]> sink) {
      this.sink = sink;
      this.fields = new Converter[nodes.size()];
      for (int i = 0; i < fields.length; i++) {
        int field = i;
        fields[i] = nodes.get(i).maker().to(value -> held[field] = value);
      }
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      held = new Object[fields.length];
    }

    @Override
    public void end() {
      sink.accept(held);
    }
  }
}
