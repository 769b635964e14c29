package dev.lakehouse.ingest.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in records that values are found at, known by the names that lead to it. Its number is
 * the number of its cell in a {@link CellBuffer}.
 */
final class PathNode {
  private final List<String> path;
  private final int number;
  private final int depth;
  private final Map<String, PathNode> children = new HashMap<>();
  private @Nullable PathNode firstChild;
  private @Nullable PathNode next;
  private PathNode guess = this;
  private String name = "";
  private boolean opaque;
  private long seen;

  PathNode(List<String> path, int number) {
    this.path = path;
    this.number = number;
    this.depth = path.size();
  }

  List<String> path() {
    return path;
  }

  int number() {
    return number;
  }

  int depth() {
    return depth;
  }

  /** Whether its objects stay JSON text. */
  boolean opaque() {
    return opaque;
  }

  void makeOpaque() {
    opaque = true;
  }

  int breadth() {
    return children.size();
  }

  /** The number of the record that it was last found in. */
  long seen() {
    return seen;
  }

  /** Marks it as found in the record; whether it was found there before. */
  boolean seenBefore(long record) {
    boolean before = seen == record;
    seen = record;
    return before;
  }

  /**
   * The child of that name, or null. Records mostly have their names in the same order, so the
   * child behind the one asked for last is looked at first.
   */
  @Nullable PathNode child(String childName) {
    PathNode guessed = guess == this ? firstChild : guess;
    if (guessed == null || !guessed.name.equals(childName)) {
      guessed = children.get(childName);
    }
    if (guessed != null) {
      PathNode after = guessed.next;
      guess = after == null ? this : after;
    }
    return guessed;
  }

  PathNode add(String childName, int childNumber) {
    List<String> childPath = new ArrayList<>(path);
    childPath.add(childName);
    PathNode child = new PathNode(List.copyOf(childPath), childNumber);
    child.name = childName;
    if (firstChild == null) {
      firstChild = child;
    } else {
      PathNode last = firstChild;
      while (last.next != null) {
        last = last.next;
      }
      last.next = child;
    }
    children.put(childName, child);
    return child;
  }
}
