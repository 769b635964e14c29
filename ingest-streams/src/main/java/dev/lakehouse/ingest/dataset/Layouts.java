package dev.lakehouse.ingest.dataset;

import dev.lakehouse.ingest.dataset.Declaration.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Makes the partitioning and the sort order that were declared; says what is wrong with them. */
final class Layouts {
  private static final Pattern TRANSFORM =
      Pattern.compile("(identity|year|month|day|hour)|(bucket|truncate)\\[(\\d{1,9})]");
  private static final String TRANSFORMS =
      "identity, year, month, day, hour, bucket[n] or truncate[n]";

  private final Schema columns;
  private final List<String> errors;

  Layouts(Schema columns, List<String> errors) {
    this.columns = columns;
    this.errors = errors;
  }

  /** A transform by its name. */
  private record Transform(String kind, int width) {
    static Optional<Transform> of(String said) {
      Matcher matcher = TRANSFORM.matcher(said.strip().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        return Optional.empty();
      } else if (matcher.group(1) != null) {
        return Optional.of(new Transform(matcher.group(1), 0));
      }
      int width = Integer.parseInt(matcher.group(3));
      return width < 1 ? Optional.empty() : Optional.of(new Transform(matcher.group(2), width));
    }

    void addTo(PartitionSpec.Builder spec, String column) {
      switch (kind) {
        case "year" -> spec.year(column);
        case "month" -> spec.month(column);
        case "day" -> spec.day(column);
        case "hour" -> spec.hour(column);
        case "bucket" -> spec.bucket(column, width);
        case "truncate" -> spec.truncate(column, width);
        default -> spec.identity(column);
      }
    }

    Term term(String column) {
      return switch (kind) {
        case "year" -> Expressions.year(column);
        case "month" -> Expressions.month(column);
        case "day" -> Expressions.day(column);
        case "hour" -> Expressions.hour(column);
        case "bucket" -> Expressions.bucket(column, width);
        case "truncate" -> Expressions.truncate(column, width);
        default -> Expressions.ref(column);
      };
    }
  }

  PartitionSpec partitions(List<DeclarationBody.@Nullable Partition> said, List<String> keys) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(columns);
    for (int i = 0; i < said.size(); i++) {
      DeclarationBody.Partition field = said.get(i);
      String at = "partitions[" + i + "]";
      Optional<NestedField> column = column(field == null ? null : field.column(), at);
      Optional<Transform> transform = transform(field == null ? null : field.transform(), at);
      if (column.isEmpty() || transform.isEmpty()) {
        continue;
      }
      String name = column.get().name();
      if (!keys.isEmpty() && !keys.contains(name)) {
        errors.add(
            at + ": '" + name + "' is no key column; a keyed dataset is partitioned by its key");
        continue;
      }
      try {
        transform.get().addTo(spec, name);
      } catch (IllegalArgumentException | ValidationException e) {
        errors.add(at + ": " + e.getMessage());
      }
    }
    return built(spec::build, PartitionSpec.unpartitioned(), "partitions");
  }

  SortOrder order(List<DeclarationBody.@Nullable Sort> said) {
    SortOrder.Builder order = SortOrder.builderFor(columns);
    for (int i = 0; i < said.size(); i++) {
      DeclarationBody.Sort field = said.get(i);
      String at = "sortOrder[" + i + "]";
      if (field == null) {
        errors.add(at + " is null");
        continue;
      }
      Optional<NestedField> column = column(field.column(), at);
      Optional<Transform> transform =
          transform(field.transform() == null ? "identity" : field.transform(), at);
      boolean down = isSecond(field.direction(), "asc", "desc", at + ".direction", false);
      boolean last = isSecond(field.nulls(), "first", "last", at + ".nulls", down);
      if (column.isPresent() && transform.isPresent()) {
        try {
          order.sortBy(
              transform.get().term(column.get().name()),
              down ? SortDirection.DESC : SortDirection.ASC,
              last ? NullOrder.NULLS_LAST : NullOrder.NULLS_FIRST);
        } catch (IllegalArgumentException | ValidationException e) {
          errors.add(at + ": " + e.getMessage());
        }
      }
    }
    return built(order::build, SortOrder.unsorted(), "sortOrder");
  }

  private interface Building<T> {
    T build();
  }

  private <T> T built(Building<T> building, T otherwise, String member) {
    try {
      return building.build();
    } catch (IllegalArgumentException | ValidationException e) {
      errors.add(member + ": " + e.getMessage());
      return otherwise;
    }
  }

  private boolean isSecond(
      @Nullable String said, String one, String other, String at, boolean otherwise) {
    String lower = said == null ? "" : said.strip().toLowerCase(Locale.ROOT);
    if (said != null && !lower.equals(one) && !lower.equals(other)) {
      errors.add(at + ": '" + said + "' is neither " + one + " nor " + other);
    }
    return said == null ? otherwise : lower.equals(other);
  }

  private Optional<NestedField> column(@Nullable String said, String at) {
    NestedField column = said == null ? null : columns.caseInsensitiveFindField(said);
    if (column == null || columns.asStruct().field(column.fieldId()) == null) {
      errors.add(at + ": there is no column '" + said + "'");
      return Optional.empty();
    }
    return Optional.of(column);
  }

  private Optional<Transform> transform(@Nullable String said, String at) {
    Optional<Transform> transform = said == null ? Optional.empty() : Transform.of(said);
    if (transform.isEmpty()) {
      errors.add(at + ": the transform '" + said + "' is not one of " + TRANSFORMS);
    }
    return transform;
  }

  static List<Shown.Partition> shown(Schema columns, PartitionSpec spec) {
    List<Shown.Partition> shown = new ArrayList<>();
    for (PartitionField field : spec.fields()) {
      shown.add(
          new Shown.Partition(
              String.valueOf(columns.findColumnName(field.sourceId())), "" + field.transform()));
    }
    return shown;
  }

  static List<Shown.Sort> shown(Schema columns, SortOrder order) {
    List<Shown.Sort> shown = new ArrayList<>();
    for (SortField field : order.fields()) {
      shown.add(
          new Shown.Sort(
              String.valueOf(columns.findColumnName(field.sourceId())),
              "" + field.transform(),
              field.direction().name().toLowerCase(Locale.ROOT),
              field.nullOrder() == NullOrder.NULLS_FIRST ? "first" : "last"));
    }
    return shown;
  }
}
