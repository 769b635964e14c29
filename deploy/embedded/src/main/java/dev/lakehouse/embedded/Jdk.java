package dev.lakehouse.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param home its directory
 * @param version its major version
 */
record Jdk(Path home, int version) {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");

  Path java() {
    return home.resolve("bin").resolve("java");
  }

  /**
   * The newest of at least a version: the one that runs this, those that variables such as {@code
   * JAVA_HOME} and {@code JAVA25_HOME} name, and those where systems and tools keep them.
   */
  static Optional<Jdk> atLeast(int version) {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (variable.getKey().matches("(JAVA|JDK|GRAALVM).*HOME.*|LAKEHOUSE_JAVA")) {
        homes.add(Path.of(variable.getValue()));
      }
    }
    Path user = Path.of(System.getProperty("user.home"));
    for (Path directory :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt"),
            Path.of("/opt/java"),
            Path.of("/opt/homebrew/opt"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            user.resolve(".jdks"),
            user.resolve(".sdkman/candidates/java"))) {
      homes.addAll(in(directory));
    }
    return homes.stream()
        .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
        .map(Jdk::at)
        .flatMap(Optional::stream)
        .filter(jdk -> jdk.version >= version)
        .max((one, other) -> Integer.compare(one.version, other.version));
  }

  private static List<Path> in(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Jdk> at(Path home) {
    try {
      if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
        return Optional.empty();
      }
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      return version.find()
          ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
