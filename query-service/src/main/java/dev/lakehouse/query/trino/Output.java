package dev.lakehouse.query.trino;

/** A column that a query yields. */
record Output(String name, ValueType type) {}
