package dev.lakehouse.ingest.json;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON Pointers (RFC 6901). */
final class Pointer {
  private static final int NO_INDEX = -1;
  private static final int MOST_INDEX_DIGITS = 9;

  private Pointer() {}

  /**
   * The names that lead to the value.
   *
   * @throws IllegalArgumentException if it is no pointer
   */
  static List<String> steps(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    } else if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException(
          "records is '" + pointer + "'; a JSON Pointer begins with a slash, as /features");
    }
    return Arrays.stream(pointer.substring(1).split("/", -1))
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /** The names that lead to the field of that name within what the path leads to. */
  static List<String> below(List<String> path, String name) {
    return Stream.concat(path.stream(), Stream.of(name)).toList();
  }

  static String of(List<String> steps) {
    return steps.stream()
        .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  /** The step as an index into an array, or a negative number. */
  static int index(String step) {
    boolean digits =
        !step.isEmpty()
            && step.length() <= MOST_INDEX_DIGITS
            && step.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Integer.parseInt(step) : NO_INDEX;
  }
}
