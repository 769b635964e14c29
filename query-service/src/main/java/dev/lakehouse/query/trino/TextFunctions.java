package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Functions of texts. */
final class TextFunctions {
  private TextFunctions() {}

  static void addTo(Map<String, Writing> all) {
    all.put(
        "upper",
        a -> Expr.of(Simple.VARCHAR, "replace(upper(%), 'ß', 'ẞ')", a.count(1, 1).text(0)));
    for (String name : List.of("lower", "reverse")) {
      all.put(name, a -> Expr.of(Simple.VARCHAR, name + "(%)", a.count(1, 1).text(0)));
    }
    for (String name : List.of("length", "char_length", "character_length")) {
      all.put(name, a -> Expr.of(Simple.BIGINT, "length(%)", a.count(1, 1).text(0)));
    }
    all.put(
        "octet_length",
        a ->
            a.at(0).is(Simple.BINARY)
                ? Expr.of(Simple.BIGINT, "length(%)", a.at(0).sql())
                : Expr.of(Simple.BIGINT, "length(to_utf8(%))", a.count(1, 1).text(0)));
    all.put("trim", TextFunctions::trim);
    all.put("ltrim", a -> trim("LEADING", a));
    all.put("rtrim", a -> trim("TRAILING", a));
    all.put("substring", TextFunctions::substring);
    all.put("substr", TextFunctions::substring);
    all.put(
        "position", a -> Expr.of(Simple.BIGINT, "strpos(%, %)", a.count(2, 2).text(1), a.text(0)));
    all.put(
        "strpos", a -> Expr.of(Simple.BIGINT, "strpos(%, %)", a.count(2, 2).text(0), a.text(1)));
    all.put(
        "replace", a -> prelude(Prelude.REPLACE, a.count(3, 3), a.text(0), a.text(1), a.text(2)));
    for (String name : List.of("lpad", "rpad")) {
      all.put(
          name,
          a ->
              Expr.of(
                  Simple.VARCHAR,
                  name + "(%, %, %)",
                  a.count(3, 3).text(0),
                  a.at(1).sql(),
                  a.text(2)));
    }
    all.put("left", a -> prelude(Prelude.LEFT, a.count(2, 2), a.text(0), a.at(1).sql()));
    all.put("right", a -> prelude(Prelude.RIGHT, a.count(2, 2), a.text(0), a.at(1).sql()));
    all.put("repeat", a -> prelude(Prelude.REPEAT, a.count(2, 2), a.text(0), a.at(1).sql()));
    all.put("concat", TextFunctions::concat);
    all.put("concat_ws", a -> Expr.of(Simple.VARCHAR, "concat_ws(%)", texts(a, 0)));
    for (String name : List.of("translate", "translate3")) {
      all.put(
          name,
          a ->
              Expr.of(
                  Simple.VARCHAR,
                  "translate(%, %, %)",
                  a.count(3, 3).text(0),
                  a.text(1),
                  a.text(2)));
    }
    all.put(
        "starts_with",
        a -> Expr.of(Simple.BOOLEAN, "starts_with(%, %)", a.count(2, 2).text(0), a.text(1)));
    all.put(
        "ends_with",
        a ->
            new Expr(
                Prelude.ENDS_WITH.call(a.count(2, 2).used(), a.text(0), a.text(1)),
                Simple.BOOLEAN));
    all.put(
        "split",
        a -> Expr.of(new ListOf(Simple.VARCHAR), "split(%, %)", a.count(2, 2).text(0), a.text(1)));
    all.put(
        "split_part",
        a -> prelude(Prelude.SPLIT_PART, a.count(3, 3), a.text(0), a.text(1), a.at(2).sql()));
    all.put(
        "regexp_like",
        a -> Expr.of(Simple.BOOLEAN, "regexp_like(%, %)", a.count(2, 2).text(0), a.text(1)));
    all.put("regexp_replace", TextFunctions::regexpReplace);
    all.put("regexp_extract", TextFunctions::regexpExtract);
    all.put("chr", a -> Expr.of(Simple.VARCHAR, "chr(%)", a.count(1, 1).at(0).sql()));
    all.put(
        "ascii",
        a -> new Expr(Prelude.ASCII.call(a.count(1, 1).used(), a.text(0)), Simple.INTEGER));
    for (String name : List.of("md5", "sha256")) {
      all.put(
          name,
          a ->
              Expr.of(
                  Simple.VARCHAR,
                  "lower(to_hex(" + name + "(to_utf8(%))))",
                  a.count(1, 1).text(0)));
    }
    all.put("to_hex", TextFunctions::toHex);
    all.put("from_hex", a -> Expr.of(Simple.BINARY, "from_hex(%)", a.count(1, 1).text(0)));
    all.put(
        "levenshtein_distance",
        a ->
            Expr.of(Simple.BIGINT, "levenshtein_distance(%, %)", a.count(2, 2).text(0), a.text(1)));
    all.put("overlay", TextFunctions::overlay);
  }

  private static Expr prelude(Prelude function, Args a, Sql... arguments) {
    return new Expr(function.call(a.used(), arguments), Simple.VARCHAR);
  }

  /** The parser's own form has where, what, and of what. */
  private static Expr trim(Args a) {
    if (a.count() == 3
        && a.node(0) instanceof SqlLiteral where
        && where.getValue() instanceof SqlTrimFunction.Flag flag) {
      return Expr.of(Simple.VARCHAR, "trim(" + flag.name() + " % FROM %)", a.text(1), a.text(2));
    }
    return trim("BOTH", a);
  }

  private static Expr trim(String where, Args a) {
    if (a.count() == 3) {
      return trim(a);
    }
    return Expr.of(
        Simple.VARCHAR,
        "trim(" + where + " % FROM %)",
        a.count(1, 2).count() == 2 ? a.text(1) : Sql.text(" "),
        a.text(0));
  }

  private static Expr substring(Args a) {
    Sql text = a.count(2, 3).text(0);
    Expr from = a.at(1);
    boolean usual = from.constant() instanceof BigDecimal start && start.signum() > 0;
    if (a.count() == 2) {
      return usual
          ? Expr.of(Simple.VARCHAR, "substr(%, %)", text, from.sql())
          : prelude(Prelude.SUBSTRING, a, text, from.sql(), new Sql.Words("BIGINT '4000000000'"));
    }
    Expr length = a.at(2);
    boolean usualLength = length.constant() instanceof BigDecimal many && many.signum() >= 0;
    return usual && usualLength
        ? Expr.of(Simple.VARCHAR, "substr(%, %, %)", text, from.sql(), length.sql())
        : prelude(Prelude.SUBSTRING, a, text, from.sql(), length.sql());
  }

  private static Sql texts(Args a, int from) {
    List<Sql> texts = new ArrayList<>();
    for (int i = from; i < a.count(); i++) {
      texts.add(a.text(i));
    }
    return Sql.joined(", ", texts);
  }

  /** Nulls are passed over. */
  private static Expr concat(Args a) {
    List<Sql> texts = new ArrayList<>();
    for (int i = 0; i < a.count(); i++) {
      texts.add(Sql.of("coalesce(%, '')", a.text(i)));
    }
    return Expr.of(Simple.VARCHAR, "(%)", Sql.joined(" || ", texts));
  }

  /** Groups are named with a dollar sign in Trino, with a backslash in the dialect. */
  private static Expr regexpReplace(Args a) {
    String by = a.count(2, 3).count() == 2 ? "" : a.literal(2);
    if (by == null) {
      throw Refused.engine("regexp_replace by a text that is computed", a.call());
    }
    String written = by.replace("$", "\\$").replaceAll("\\\\([0-9])", "\\$$1");
    return Expr.of(
        Simple.VARCHAR, "regexp_replace(%, %, %)", a.text(0), a.text(1), Sql.text(written));
  }

  /** What is not found is the empty text. */
  private static Expr regexpExtract(Args a) {
    Sql text = a.count(2, 3).text(0);
    Sql group = a.count() == 3 ? a.at(2).sql() : Sql.number(0);
    return Expr.of(
        Simple.VARCHAR,
        "coalesce(regexp_extract(%, %, %), IF(% IS NULL, NULL, ''))",
        text,
        a.text(1),
        group,
        text);
  }

  private static Expr toHex(Args a) {
    Expr value = a.count(1, 1).at(0);
    if (value.type().isWhole()) {
      return prelude(Prelude.HEX, a, value.sql());
    }
    return value.is(Simple.BINARY)
        ? Expr.of(Simple.VARCHAR, "to_hex(%)", value.sql())
        : Expr.of(Simple.VARCHAR, "to_hex(to_utf8(%))", a.text(0));
  }

  private static Expr overlay(Args a) {
    Sql by = a.count(3, 4).text(1);
    return prelude(
        Prelude.OVERLAY,
        a,
        a.text(0),
        by,
        a.at(2).sql(),
        a.count() == 4 ? a.at(3).sql() : Sql.of("length(%)", by));
  }
}
