package dev.lakehouse.query.trino;

import java.util.List;

/** A query in Trino's words, and what it yields. */
record Translated(Sql sql, List<Output> outputs) {}
