package dev.lakehouse.query.engine;

import dev.lakehouse.query.guard.GuardedQuery.Named;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.Nearest;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Types.NestedField;

/** The problems that a name of a query means nothing, whatever the engine. */
public final class UnknownNames {
  private UnknownNames() {}

  /** Problem {@code unknown_table}: nothing in FROM has the name. */
  public static ProblemException table(String name, EngineQuery query) {
    return Problem.of(
            400,
            "unknown_table",
            "There is no such table",
            "no table in FROM is called '" + name + "'")
        .with("table", name)
        .with(
            "nearest",
            Nearest.to(
                name,
                query.statement().tables().stream()
                    .map(use -> use.dataset().value())
                    .distinct()
                    .toList(),
                3))
        .toException();
  }

  /** Problem {@code unknown_column}, with its place and the nearest names. */
  public static ProblemException column(String name, EngineQuery query) {
    List<String> columns =
        IntStream.range(0, query.tables().size())
            .boxed()
            .flatMap(use -> query.columns(use).stream())
            .map(NestedField::name)
            .filter(column -> !MetadataColumns.contains(column))
            .distinct()
            .toList();
    Optional<Named> place = query.statement().column(name);
    Problem problem =
        Problem.of(
                400,
                "unknown_column",
                "There is no such column",
                "no column in reach is called '"
                    + name
                    + "'"
                    + place
                        .map(at -> ", at line " + at.line() + ", column " + at.column())
                        .orElse(""))
            .with("columnName", name)
            .with("nearest", Nearest.to(name, columns, 3));
    return place
        .map(at -> problem.with("line", at.line()).with("column", at.column()))
        .orElse(problem)
        .toException();
  }
}
