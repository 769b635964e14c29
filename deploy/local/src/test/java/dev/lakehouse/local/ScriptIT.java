package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code lakehouse} script where Java is missing, too old, or named wrongly. */
class ScriptIT {
  private static final Path SCRIPT = Path.of("../../lakehouse").toAbsolutePath().normalize();

  @TempDir Path dir;

  @Test
  void aMissingJdkIsSaidWithHowToGetOne() throws Exception {
    Ended ended = run(Map.of("PATH", toolsWithoutJava()));
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said())
        .contains("no fit Java was found", "JAVA_HOME is not set")
        .contains("apt install openjdk-17-jdk-headless")
        .contains("LAKEHOUSE_JAVA=/path/to/jdk");
  }

  @Test
  void aJdkThatIsTooOldIsNamedWithItsVersion() throws Exception {
    Path old =
        executable(
            Files.createDirectories(dir.resolve("jdk-11/bin")).resolve("java"),
            "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Ended ended = run(Map.of("LAKEHOUSE_JAVA", old.toString()));
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said()).contains("version 11, which is too old", "version 17 or newer");
  }

  @Test
  void aJdkThatIsNotThereIsNamed() throws Exception {
    Ended ended = run(Map.of("LAKEHOUSE_JAVA", dir.resolve("nowhere").toString()));
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.said()).contains("no java at " + dir.resolve("nowhere"));
  }

  /** The few tools that the script itself needs, and nothing else. */
  private String toolsWithoutJava() throws IOException {
    Path bin = Files.createDirectories(dir.resolve("bin"));
    for (String tool : new String[] {"dirname", "sed", "readlink", "sh"}) {
      executable(bin.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
    }
    return bin.toString();
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Ended(int status, String said) {}

  private Ended run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", SCRIPT.toString(), "status")
            .redirectErrorStream(true)
            .directory(dir.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("LAKEHOUSE_JAVA");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }
}
