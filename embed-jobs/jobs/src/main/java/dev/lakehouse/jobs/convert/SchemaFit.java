package dev.lakehouse.jobs.convert;

import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * What a table has to change so that columns fit into it: a new optional column, int to long, float
 * to double, a wider decimal, required to optional. Anything else does not fit.
 */
public final class SchemaFit {
  private final List<Consumer<UpdateSchema>> changes = new ArrayList<>();

  private SchemaFit() {}

  /**
   * Compares a table's schema with the columns that records bring.
   *
   * @throws MisfitException if a column's type cannot become the other's
   */
  public static SchemaFit of(Schema table, Types.StructType wanted) throws MisfitException {
    SchemaFit fit = new SchemaFit();
    fit.struct(table.asStruct(), wanted, "", true);
    return fit;
  }

  /** Whether the table takes the columns as it is. */
  public boolean fits() {
    return changes.isEmpty();
  }

  /** Adds what has to change to an update of the table. */
  public void addTo(UpdateSchema update) {
    changes.forEach(change -> change.accept(update));
  }

  /** The field of that name, without regard to case if no name is exactly the same. */
  static @Nullable NestedField find(Types.StructType struct, String name) {
    NestedField exact = struct.field(name);
    return exact != null ? exact : struct.caseInsensitiveField(name);
  }

  private void struct(Types.StructType table, Types.StructType wanted, String path, boolean top)
      throws MisfitException {
    Set<String> brought = new HashSet<>();
    for (NestedField field : wanted.fields()) {
      NestedField has = find(table, field.name());
      if (has == null) {
        add(field, path, top);
      } else {
        brought.add(has.name().toLowerCase(Locale.ROOT));
        String name = path + has.name();
        if (has.isRequired() && field.isOptional()) {
          changes.add(update -> update.makeColumnOptional(name));
        }
        type(has.type(), field.type(), name);
      }
    }
    for (NestedField has : table.fields()) {
      boolean ours = top && MetadataColumns.contains(has.name());
      if (!ours && has.isRequired() && !brought.contains(has.name().toLowerCase(Locale.ROOT))) {
        changes.add(update -> update.makeColumnOptional(path + has.name()));
      }
    }
  }

  private void add(NestedField field, String path, boolean top) {
    if (top) {
      changes.add(
          update ->
              update
                  .addColumn(null, field.name(), field.type())
                  .moveBefore(field.name(), MetadataColumns.PARTITION));
    } else {
      String parent = path.substring(0, path.length() - 1);
      changes.add(update -> update.addColumn(parent, field.name(), field.type()));
    }
  }

  private void type(Type table, Type wanted, String name) throws MisfitException {
    if (table instanceof Types.StructType has && wanted instanceof Types.StructType brings) {
      struct(has, brings, name + ".", false);
    } else if (table instanceof Types.ListType has && wanted instanceof Types.ListType brings) {
      if (has.isElementRequired() && brings.isElementOptional()) {
        changes.add(update -> update.makeColumnOptional(name + ".element"));
      }
      type(has.elementType(), brings.elementType(), name + ".element");
    } else if (table instanceof Types.MapType has && wanted instanceof Types.MapType brings) {
      if (has.isValueRequired() && brings.isValueOptional()) {
        changes.add(update -> update.makeColumnOptional(name + ".value"));
      }
      type(has.valueType(), brings.valueType(), name + ".value");
    } else if (widens(table, wanted)) {
      changes.add(update -> update.updateColumn(name, wanted.asPrimitiveType()));
    } else if (!table.equals(wanted) && !widens(wanted, table)) {
      throw new MisfitException("column '" + name + "' is " + table + " and cannot take " + wanted);
    }
  }

  private static boolean widens(Type from, Type to) {
    return switch (from.typeId()) {
      case INTEGER -> to.typeId() == Type.TypeID.LONG;
      case FLOAT -> to.typeId() == Type.TypeID.DOUBLE;
      case DECIMAL ->
          to instanceof Types.DecimalType wider
              && from instanceof Types.DecimalType narrow
              && wider.scale() == narrow.scale()
              && wider.precision() > narrow.precision();
      default -> false;
    };
  }
}
