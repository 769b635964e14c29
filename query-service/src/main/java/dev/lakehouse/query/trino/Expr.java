package dev.lakehouse.query.trino;

import org.jspecify.annotations.Nullable;

/**
 * An expression in Trino's words.
 *
 * @param constant its value if it is a literal text, number or null, else null
 */
record Expr(Sql sql, ValueType type, @Nullable Object constant) {
  Expr(Sql sql, ValueType type) {
    this(sql, type, null);
  }

  static Expr of(ValueType type, String words, Sql... pieces) {
    return new Expr(Sql.of(words, pieces), type);
  }

  boolean is(ValueType other) {
    return type.equals(other);
  }

  /** A text that stands in the query, and so may mean a value of another type. */
  boolean isLiteralText() {
    return constant instanceof String;
  }

  Expr as(ValueType other) {
    return of(other, "CAST(% AS %)", sql, other.written());
  }
}
