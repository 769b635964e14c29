package dev.lakehouse.query.trino;

/** How calls of a function are written. */
@FunctionalInterface
interface Writing {
  Expr of(Args args);
}
