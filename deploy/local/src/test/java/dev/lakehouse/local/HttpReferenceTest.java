package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The HTTP reference names every route that the program's sources mount, and no other. */
class HttpReferenceTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Pattern MOUNTED =
      Pattern.compile("\\broutes\\.(get|post|put|patch|delete|head)\\(\\s*\"(/[^\"]*)\"");
  private static final Pattern DOCUMENTED =
      Pattern.compile("(?m)^#+ `?(GET|POST|PUT|PATCH|DELETE|HEAD) (/\\S*?)`?$");

  @Test
  void theReferenceAndTheRoutesAreTheSame() throws IOException {
    Set<String> mounted = new TreeSet<>();
    for (Path room :
        List.of(
            Path.of("schemas"),
            Path.of("ingest-streams"),
            Path.of("query-service"),
            Path.of("deploy/local"))) {
      try (Stream<Path> sources = Files.walk(ROOT.resolve(room).resolve("src/main/java"))) {
        for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
          mounted.addAll(named(MOUNTED, Files.readString(source)));
        }
      }
    }

    assertThat(named(DOCUMENTED, Files.readString(ROOT.resolve("docs/http-reference.md"))))
        .isEqualTo(mounted);
  }

  private static Set<String> named(Pattern pattern, String text) {
    Set<String> routes = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      routes.add(matcher.group(1).toUpperCase(Locale.ROOT) + " " + matcher.group(2));
    }
    return routes;
  }
}
