package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.format.UnreadableFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All places of one file's records, numbered in the order in which they were first met. */
final class PathTree {
  /** More columns than this are no table; then the widest object stays JSON text. */
  static final int MOST_PLACES = 1000;

  private static final int WIDE = 50;

  private final List<PathNode> nodes = new ArrayList<>();
  private final Set<List<String>> opaque;

  /**
   * @param known places in their order; the first is the record itself, with the empty path
   * @param opaque places whose objects stay JSON text
   */
  PathTree(List<List<String>> known, List<List<String>> opaque) {
    this.opaque = new HashSet<>(opaque);
    nodes.add(new PathNode(List.of(), 0));
    for (List<String> path : known) {
      if (!path.isEmpty()) {
        List<String> parent = path.subList(0, path.size() - 1);
        nodes.stream()
            .filter(node -> node.path().equals(parent))
            .findFirst()
            .ifPresent(node -> create(node, path.get(path.size() - 1)));
      }
    }
  }

  /** There are too many places. */
  static final class TooWideException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> widest;

    private TooWideException(List<String> widest) {
      super("too many names within " + String.join(".", widest));
      this.widest = widest;
    }

    /** The place whose objects have the most names. */
    List<String> widest() {
      return widest;
    }
  }

  PathNode root() {
    return nodes.get(0);
  }

  List<PathNode> nodes() {
    return nodes;
  }

  /**
   * The child of that name, made if it is new.
   *
   * @throws TooWideException if there are too many places and an object can stay JSON text
   * @throws UnreadableFileException if there are too many and none can
   */
  PathNode child(PathNode parent, String name) {
    PathNode there = parent.child(name);
    if (there != null) {
      return there;
    }
    if (nodes.size() > MOST_PLACES) {
      throw tooMany();
    }
    return create(parent, name);
  }

  private PathNode create(PathNode parent, String name) {
    PathNode made = parent.add(name, nodes.size());
    if (opaque.contains(made.path())) {
      made.makeOpaque();
    }
    nodes.add(made);
    return made;
  }

  private RuntimeException tooMany() {
    Optional<PathNode> widest =
        nodes.stream()
            .filter(node -> node.depth() > 0 && node.breadth() > WIDE)
            .max(Comparator.comparingInt(PathNode::breadth));
    if (widest.isPresent()) {
      return new TooWideException(widest.get().path());
    }
    return new UnreadableFileException(
        "too_many_columns",
        "the records have more than " + MOST_PLACES + " different names",
        "names that are data belong into values; point to the records with records=/path");
  }
}
