package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.MapOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import dev.lakehouse.query.trino.ValueType.StructOf;
import java.util.List;
import java.util.Map;

/** Functions of lists and maps. */
final class ListFunctions {
  private ListFunctions() {}

  static void addTo(Map<String, Writing> all) {
    all.put("array", ListFunctions::list);
    all.put("map", ListFunctions::map);
    for (String name : List.of("cardinality", "array_length")) {
      all.put(name, a -> Expr.of(Simple.BIGINT, "cardinality(%)", a.count(1, 1).at(0).sql()));
    }
    for (String name : List.of("contains", "array_contains")) {
      all.put(name, ListFunctions::contains);
    }
    all.put(
        "array_position",
        a -> {
          a.element(0);
          return Expr.of(
              Simple.INTEGER,
              "CAST(nullif(array_position(%, %), 0) AS INTEGER)",
              a.count(2, 2).at(0).sql(),
              a.at(1).sql());
        });
    all.put("array_distinct", a -> same("array_distinct(filter(%, v -> v IS NOT NULL))", a));
    all.put("array_sort", a -> same("array_sort(%)", a));
    all.put("array_max", a -> extreme("array_max", a));
    all.put("array_min", a -> extreme("array_min", a));
    all.put("array_join", ListFunctions::join);
    all.put("flatten", a -> Expr.of(a.element(0), "flatten(%)", a.count(1, 1).at(0).sql()));
    all.put("sequence", ListFunctions::sequence);
    all.put(
        "transform",
        a -> {
          Expr each = a.count(2, 2).lambda(1, a.element(0));
          return Expr.of(new ListOf(each.type()), "transform(%, %)", a.at(0).sql(), each.sql());
        });
    all.put(
        "filter",
        a ->
            Expr.of(
                a.at(0).type(),
                "filter(%, %)",
                a.count(2, 2).at(0).sql(),
                a.lambda(1, a.element(0)).sql()));
    all.put("any_match", a -> matches("any_match", "FALSE", a));
    all.put("all_match", a -> matches("all_match", "TRUE", a));
    all.put("map_keys", a -> Expr.of(new ListOf(mapOf(a).key()), "map_keys(%)", a.at(0).sql()));
    all.put(
        "map_values", a -> Expr.of(new ListOf(mapOf(a).value()), "map_values(%)", a.at(0).sql()));
    all.put("map_entries", ListFunctions::entries);
  }

  private static Expr list(Args a) {
    List<Expr> values = a.translation().expressions().unified(a.all(), a.call());
    return Expr.of(
        new ListOf(Expressions.typeOf(values)),
        "ARRAY[%]",
        Sql.joined(", ", values.stream().map(Expr::sql).toList()));
  }

  private static Expr map(Args a) {
    return Expr.of(
        new MapOf(a.count(2, 2).element(0), a.element(1)),
        "MAP(%, %)",
        a.at(0).sql(),
        a.at(1).sql());
  }

  private static MapOf mapOf(Args a) {
    if (a.count(1, 1).at(0).type() instanceof MapOf map) {
      return map;
    }
    throw Refused.type(a.name() + " needs a map", a.call());
  }

  /** False, not null, for what is not there beside nulls. */
  private static Expr contains(Args a) {
    Sql list = a.count(2, 2).at(0).sql();
    Expr wanted = a.casts().beside(a.at(1), a.element(0), a.call());
    return Expr.of(
        Simple.BOOLEAN,
        "IF(% IS NULL OR % IS NULL, NULL, coalesce(contains(%, %), FALSE))",
        list,
        wanted.sql(),
        list,
        wanted.sql());
  }

  private static Expr same(String words, Args a) {
    a.element(0);
    return Expr.of(a.at(0).type(), words, a.count(1, 1).at(0).sql());
  }

  private static Expr extreme(String function, Args a) {
    return extreme(function, a.element(0), a.count(1, 1).at(0).sql());
  }

  /** Nulls are passed over; what is no number is the greatest. */
  static Expr extreme(String function, ValueType element, Sql list) {
    Sql some = Sql.of("filter(%, v -> v IS NOT NULL)", list);
    return element.isFloating() && function.equals("array_max")
        ? Expr.of(
            element,
            "IF(any_match(%, v -> is_nan(v)), CAST(nan() AS %), array_max(%))",
            some,
            element.written(),
            some)
        : Expr.of(element, function + "(%)", some);
  }

  private static Expr join(Args a) {
    ValueType element = a.element(0);
    a.casts().text(new Expr(a.at(0).sql(), element), a.call());
    if (element == Simple.TIMESTAMP || element == Simple.TIME) {
      throw Refused.engine("array_join of times", a.call());
    }
    return Expr.of(Simple.VARCHAR, "array_join(%, %)", a.count(2, 2).at(0).sql(), a.text(1));
  }

  /** None if the end is before the start. */
  private static Expr sequence(Args a) {
    for (Expr each : a.count(2, 3).all()) {
      if (!each.type().isWhole()) {
        throw Refused.engine("sequence of anything but whole numbers", a.call());
      }
    }
    Sql from = Sql.of("CAST(% AS BIGINT)", a.at(0).sql());
    Sql to = Sql.of("CAST(% AS BIGINT)", a.at(1).sql());
    ListOf numbers = new ListOf(Simple.BIGINT);
    return a.count() == 3
        ? Expr.of(numbers, "sequence(%, %, CAST(% AS BIGINT))", from, to, a.at(2).sql())
        : Expr.of(
            numbers,
            "IF(% > %, CAST(ARRAY[] AS ARRAY(BIGINT)), sequence(%, %))",
            from,
            to,
            from,
            to);
  }

  private static Expr matches(String function, String otherwise, Args a) {
    Sql list = a.count(2, 2).at(0).sql();
    return Expr.of(
        Simple.BOOLEAN,
        "IF(% IS NULL, NULL, coalesce(" + function + "(%, %), " + otherwise + "))",
        list,
        list,
        a.lambda(1, a.element(0)).sql());
  }

  private static Expr entries(Args a) {
    MapOf map = mapOf(a);
    ListOf type =
        new ListOf(
            new StructOf(
                List.of(
                    new StructOf.Field("key", map.key()),
                    new StructOf.Field("value", map.value()))));
    return Expr.of(type, "CAST(map_entries(%) AS %)", a.at(0).sql(), type.written());
  }
}
