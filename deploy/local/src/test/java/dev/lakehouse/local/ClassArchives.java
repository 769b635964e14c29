package dev.lakehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The class-data archives of what tests start, as the script has its own: whoever finds the classes
 * of an earlier process parsed starts in little more than half the time. They are there once a
 * training run has ended; the JVM passes over those of other jars or of another version.
 */
final class ClassArchives {
  private static final String REGISTRY = "registry";
  private static final Path PLACE = Path.of("target/archives").toAbsolutePath();

  private ClassArchives() {}

  /** What a JVM is told to find the archive of its kind, and that of its registry. */
  static List<String> using(String kind) {
    List<String> options = new ArrayList<>();
    options.add("-Dlakehouse.registry.archive=" + of(REGISTRY));
    if (Files.exists(of(kind))) {
      options.addAll(List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + of(kind)));
    }
    return options;
  }

  /** What a JVM is told to make them as it ends; {@link #keep} makes them known. */
  static List<String> making(String kind) throws IOException {
    Files.createDirectories(PLACE);
    return List.of(
        "-Dlakehouse.registry.train=true",
        "-Dlakehouse.registry.archive=" + unfinished(REGISTRY),
        "-XX:ArchiveClassesAtExit=" + unfinished(kind));
  }

  /** The JVM that made them has ended. */
  static void keep(String kind) throws IOException {
    for (String made : List.of(kind, REGISTRY)) {
      if (Files.exists(unfinished(made))) {
        Files.move(unfinished(made), of(made), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static Path of(String kind) {
    return PLACE.resolve(kind + ".jsa");
  }

  private static Path unfinished(String kind) {
    return PLACE.resolve(kind + "-of-" + ProcessHandle.current().pid() + ".jsa");
  }
}
