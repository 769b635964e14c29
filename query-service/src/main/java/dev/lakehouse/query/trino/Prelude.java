package dev.lakehouse.query.trino;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What Trino has no function for, written before the query that uses it. */
enum Prelude {
  /** Division of doubles; by zero it is an error. */
  DIVIDE(
      "(x DOUBLE, y DOUBLE) RETURNS DOUBLE RETURN IF(y = 0e0, CAST(1 / CAST(y AS BIGINT) AS"
          + " DOUBLE), x / y)"),
  /** A double as a whole number: halves become even. */
  EVEN(
      "(x DOUBLE) RETURNS DOUBLE RETURN IF(abs(x - truncate(x)) = 5e-1, 2e0 * round(x / 2e0),"
          + " round(x))"),
  /** A text as Trino reads doubles. */
  FLOATING(
      "(x VARCHAR) RETURNS VARCHAR RETURN CASE lower(trim(x)) WHEN 'nan' THEN 'NaN' WHEN 'inf'"
          + " THEN 'Infinity' WHEN 'infinity' THEN 'Infinity' WHEN '-inf' THEN '-Infinity' WHEN"
          + " '-infinity' THEN '-Infinity' ELSE trim(x) END"),
  /** A part of a text, from its end for what is negative, and backwards for a negative length. */
  SUBSTRING(
      "(s VARCHAR, f BIGINT, n BIGINT) RETURNS VARCHAR RETURN IF(s IS NULL OR f IS NULL OR n IS"
          + " NULL, NULL, IF(greatest(IF(f < 0, length(s) + f, f - 1), IF(f < 0, length(s) + f, f"
          + " - 1) + n) <= greatest(0, least(IF(f < 0, length(s) + f, f - 1), IF(f < 0, length(s)"
          + " + f, f - 1) + n)), '', substr(s, greatest(0, least(IF(f < 0, length(s) + f, f - 1),"
          + " IF(f < 0, length(s) + f, f - 1) + n)) + 1, greatest(IF(f < 0, length(s) + f, f - 1),"
          + " IF(f < 0, length(s) + f, f - 1) + n) - greatest(0, least(IF(f < 0, length(s) + f, f"
          + " - 1), IF(f < 0, length(s) + f, f - 1) + n)))))"),
  LEFT(
      "(s VARCHAR, n BIGINT) RETURNS VARCHAR RETURN IF(n < 0, substr(s, 1, greatest(0, length(s) +"
          + " n)), substr(s, 1, n))"),
  RIGHT(
      "(s VARCHAR, n BIGINT) RETURNS VARCHAR RETURN IF(n < 0, substr(s, 1 - n), substr(s,"
          + " greatest(1, length(s) - n + 1)))"),
  REPEAT(
      "(s VARCHAR, n BIGINT) RETURNS VARCHAR RETURN IF(s IS NULL OR n IS NULL, NULL, IF(s = '' OR"
          + " n < 1, '', rpad('', length(s) * n, s)))"),
  REPLACE(
      "(s VARCHAR, f VARCHAR, t VARCHAR) RETURNS VARCHAR RETURN IF(f = '', s, replace(s, f, t))"),
  SPLIT_PART(
      "(s VARCHAR, d VARCHAR, n BIGINT) RETURNS VARCHAR RETURN IF(s IS NULL OR d IS NULL OR n IS"
          + " NULL, NULL, coalesce(element_at(split(s, d), n), ''))"),
  ENDS_WITH(
      "(s VARCHAR, e VARCHAR) RETURNS BOOLEAN RETURN (length(e) <= length(s) AND substr(s,"
          + " length(s) - length(e) + 1) = e)"),
  ASCII(
      "(s VARCHAR) RETURNS INTEGER RETURN IF(s = '', 0, CAST(codepoint(CAST(substr(s, 1, 1) AS"
          + " VARCHAR(1))) AS INTEGER))"),
  HEX(
      "(x BIGINT) RETURNS VARCHAR RETURN IF(x < 0, to_hex(to_big_endian_64(x)), upper(to_base(x,"
          + " 16)))"),
  OVERLAY(
      "(s VARCHAR, p VARCHAR, f BIGINT, n BIGINT) RETURNS VARCHAR RETURN substr(s, 1, f - 1) || p"
          + " || substr(s, f + n)"),
  /** A number of a list in order, between two where the place is between them. */
  PERCENTILE(
      "(a ARRAY(DOUBLE), f DOUBLE) RETURNS DOUBLE RETURN IF(a IS NULL OR cardinality(a) = 0, NULL,"
          + " a[CAST(floor(f * (cardinality(a) - 1)) AS INTEGER) + 1] + (a[CAST(ceil(f *"
          + " (cardinality(a) - 1)) AS INTEGER) + 1] - a[CAST(floor(f * (cardinality(a) - 1)) AS"
          + " INTEGER) + 1]) * (f * (cardinality(a) - 1) - floor(f * (cardinality(a) - 1))))"),
  /** A text as Trino reads moments: a blank before the time, and a zone that has minutes. */
  MOMENT(
      "(s VARCHAR) RETURNS VARCHAR RETURN regexp_replace(regexp_replace(regexp_replace(trim(s),"
          + " '^(\\d{4}-\\d{2}-\\d{2})T', '$1 '), '[Zz]$', ' UTC'),"
          + " '(:\\d{2}(?:\\.\\d+)?) ?([+-]\\d{2})$', '$1 $2:00')");

  private final String body;

  Prelude(String body) {
    this.body = body;
  }

  private String called() {
    return "lakehouse_" + Scope.lower(name());
  }

  /** A call of it. */
  Sql call(Set<Prelude> used, Sql... arguments) {
    used.add(this);
    return Sql.of(called() + "(%)", Sql.joined(", ", Arrays.asList(arguments)));
  }

  /** What stands before a query that uses these. */
  static Sql of(Set<Prelude> used) {
    Set<Prelude> ordered = EnumSet.noneOf(Prelude.class);
    ordered.addAll(used);
    return Sql.of(
        ordered.isEmpty() ? "%" : "WITH % ",
        Sql.joined(
            ", ",
            ordered.stream()
                .map(each -> (Sql) new Sql.Words("FUNCTION " + each.called() + each.body))
                .toList()));
  }
}
