package dev.lakehouse.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.json.LayoutSniffer.Layout;
import dev.lakehouse.ingest.json.PathTree.TooWideException;
import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.schemas.name.ColumnNames;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a whole file once to decide where its records are and what their columns are. */
final class JsonProfiler {
  /** The column of records that are no objects. */
  private static final String VALUE = "value";

  private final PathTree tree;
  private final JsonDialect dialect;
  private final List<ColumnShape> shapes = new ArrayList<>();
  private Optional<Misfit> firstProblem = Optional.empty();
  private long problems;
  private long records;

  private JsonProfiler(JsonDialect dialect) {
    this.dialect = dialect;
    this.tree = new PathTree(List.of(), dialect.opaque());
  }

  static FileProfile profile(FileSource source, Map<String, String> options) throws IOException {
    Layout layout = LayoutSniffer.of(source, options);
    JsonProfiler profiler = read(source, layout);
    if (layout.lines() && profiler.mostlyProblems()) {
      try {
        profiler = read(source, LayoutSniffer.document(source));
      } catch (UnreadableFileException e) {
        throw profiler.unreadable();
      }
    }
    if (profiler.mostlyProblems()) {
      throw profiler.unreadable();
    }
    return profiler.profile();
  }

  private static JsonProfiler read(FileSource source, Layout layout) throws IOException {
    List<List<String>> opaque = new ArrayList<>();
    while (true) {
      JsonProfiler profiler =
          new JsonProfiler(
              new JsonDialect(
                  layout.lines(), layout.records(), List.of(), List.copyOf(opaque), List.of()));
      try {
        profiler.read(source);
        return profiler;
      } catch (TooWideException e) {
        opaque.add(e.widest());
      }
    }
  }

  private void read(FileSource source) throws IOException {
    JsonFactory factory = JsonParsers.factory();
    Flattener flattener = new Flattener(factory, tree);
    CellBuffer cells = flattener.cells();
    try (Records rows = JsonFormat.open(source, dialect, factory, flattener)) {
      while (rows.next()) {
        records++;
        if (rows.problem().isPresent()) {
          problems++;
          firstProblem = firstProblem.or(rows::problem);
        } else {
          accept(cells, flattener);
        }
      }
    }
  }

  private void accept(CellBuffer cells, Flattener flattener) {
    List<PathNode> nodes = tree.nodes();
    while (shapes.size() < nodes.size()) {
      shapes.add(new ColumnShape());
    }
    for (int i = 0; i < nodes.size(); i++) {
      shapes.get(i).accept(cells, i, flattener.found(nodes.get(i)));
    }
  }

  private boolean mostlyProblems() {
    return problems * 2 > records;
  }

  private UnreadableFileException unreadable() {
    Misfit first = firstProblem.orElseThrow();
    return new UnreadableFileException(
        first.code(),
        problems + " of " + records + " records cannot be read; the first: " + first.reason(),
        "send a JSON array of objects, or one object a line");
  }

  private FileProfile profile() {
    List<Integer> columns = columns();
    if (columns.isEmpty() && records > 0) {
      throw new UnreadableFileException(
          "no_columns",
          "none of the " + records + " records has a field",
          "send objects with fields");
    }
    List<String> names =
        ColumnNames.unique(
            columns.stream().map(number -> name(tree.nodes().get(number))).toList(),
            MetadataColumns.reserved());
    List<Column> typed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      typed.add(shapes.get(columns.get(i)).column(names.get(i), records));
    }
    JsonDialect decided =
        new JsonDialect(
            dialect.lines(),
            dialect.records(),
            tree.nodes().stream().map(PathNode::path).toList(),
            dialect.opaque(),
            columns);
    return new FileProfile(decided.toJson(), typed, records);
  }

  /**
   * The places that are columns: those with a value, and of those without one that hold no columns
   * themselves.
   */
  private List<Integer> columns() {
    Set<List<String>> parents = new HashSet<>();
    List<Integer> columns = new ArrayList<>();
    for (int i = shapes.size() - 1; i >= 0; i--) {
      List<String> path = tree.nodes().get(i).path();
      ColumnShape shape = shapes.get(i);
      boolean empty = shape.found() && !path.isEmpty() && !parents.contains(path);
      if (shape.filled() || empty) {
        columns.add(0, i);
        for (int length = 0; length < path.size(); length++) {
          parents.add(path.subList(0, length));
        }
      }
    }
    return columns;
  }

  private static String name(PathNode node) {
    return node.path().isEmpty() ? VALUE : String.join(".", node.path());
  }
}
