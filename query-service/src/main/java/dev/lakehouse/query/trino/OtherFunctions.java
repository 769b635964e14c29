package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.util.List;
import java.util.Map;

/** Functions of JSON, of conditions, and of whatever. */
final class OtherFunctions {
  private OtherFunctions() {}

  static void addTo(Map<String, Writing> all) {
    all.put("json_extract", OtherFunctions::json);
    all.put("json_extract_scalar", OtherFunctions::jsonText);
    all.put("json_value", OtherFunctions::jsonText);
    all.put(
        "json_array_length",
        a ->
            Expr.of(
                new Decimal(20, 0),
                "CAST(coalesce(json_array_length(json_parse(%)), IF(% IS NULL, NULL, 0)) AS"
                    + " DECIMAL(20, 0))",
                a.count(1, 1).text(0),
                a.text(0)));
    all.put("coalesce", OtherFunctions::coalesce);
    all.put("ifnull", OtherFunctions::coalesce);
    all.put("nullif", OtherFunctions::nullIf);
    all.put("if", OtherFunctions::condition);
    all.put("typeof", a -> Expr.of(Simple.VARCHAR, "typeof(%)", a.count(1, 1).at(0).sql()));
  }

  private static String path(Args a) {
    String path = a.count(2, 2).literal(1);
    if (path == null) {
      throw Refused.engine(a.name() + " with a path that is computed", a.call());
    }
    return path.replaceFirst("^(?i:lax|strict)\\s+", "");
  }

  /** JSON as a text; what is no JSON is an error. */
  private static Expr json(Args a) {
    Sql text = a.text(0);
    return Expr.of(
        Simple.JSON,
        "IF(json_parse(%) IS NULL, NULL, json_format(json_extract(%, %)))",
        text,
        text,
        Sql.text(path(a)));
  }

  /** What is no single value is its JSON, and JSON's null is null. */
  private static Expr jsonText(Args a) {
    Sql text = a.text(0);
    Sql path = Sql.text(path(a));
    return Expr.of(
        Simple.VARCHAR,
        "coalesce(json_extract_scalar(json_parse(%), %), nullif(json_format(json_extract(%, %)),"
            + " 'null'))",
        text,
        path,
        text,
        path);
  }

  private static Expr coalesce(Args a) {
    List<Expr> values = a.translation().expressions().unified(a.all(), a.call());
    return values.size() == 1
        ? values.get(0)
        : Expr.of(
            Expressions.typeOf(values),
            "coalesce(%)",
            Sql.joined(", ", values.stream().map(Expr::sql).toList()));
  }

  private static Expr nullIf(Args a) {
    Expr value = a.count(2, 2).at(0);
    Expr other = a.casts().beside(a.at(1), value.type(), a.call());
    return Expr.of(value.type(), "nullif(%, %)", value.sql(), other.sql());
  }

  private static Expr condition(Args a) {
    a.count(2, 3);
    List<Expr> all = a.all();
    List<Expr> results =
        a.translation().expressions().unified(all.subList(1, all.size()), a.call());
    return Expr.of(
        Expressions.typeOf(results),
        "IF(%, %)",
        all.get(0).sql(),
        Sql.joined(", ", results.stream().map(Expr::sql).toList()));
  }
}
