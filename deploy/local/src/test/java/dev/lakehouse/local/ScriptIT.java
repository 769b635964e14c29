package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@code lakehouse} script: where Java is missing, too old, or named wrongly, and when it
 * builds and trains.
 */
class ScriptIT {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

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

  @Test
  void whatWasBuiltIsRunAsItIsWhenAsked() throws Exception {
    Path home = aBuiltHome();
    Ended asked = run(home, Map.of("LAKEHOUSE_BUILD", "no", "LAKEHOUSE_JAVA", home + "/jdk"), "up");
    Ended detached =
        run(
            home,
            Map.of("LAKEHOUSE_BUILD", "no", "LAKEHOUSE_JAVA", home + "/jdk"),
            "up",
            "--detach");
    Ended status = run(home, Map.of("LAKEHOUSE_JAVA", home + "/jdk"), "status");
    assertThat(asked.said()).contains("java runs up").doesNotContain("Preparing");
    assertThat(detached.said()).contains("java runs up --detach").doesNotContain("Preparing");
    assertThat(status.said()).contains("java runs status").doesNotContain("Preparing");
    assertThat(home.resolve("deploy/local/target/lakehouse/archives")).doesNotExist();
  }

  @Test
  void fasterStartsArePreparedOnceAndInTheForeground() throws Exception {
    Path home = aBuiltHome();
    Ended detached = run(home, Map.of("LAKEHOUSE_JAVA", home + "/jdk"), "up", "--detach");
    Ended again = run(home, Map.of("LAKEHOUSE_JAVA", home + "/jdk"), "up");
    assertThat(detached.said()).contains("Preparing faster starts").contains("java runs up");
    assertThat(again.said()).doesNotContain("Preparing");
  }

  @Test
  void whatRunsInTheBackgroundBuildsNothing() throws Exception {
    Path script =
        executable(
            dir.resolve("background"), "#!/bin/sh\necho \"build: $LAKEHOUSE_BUILD\"\nexit 7\n");
    LakehouseProcess.Ended ended =
        LakehouseProcess.run(
            dir.resolve("run"),
            Map.of("JAVA_TOOL_OPTIONS", "-Dlakehouse.script=" + script),
            "up",
            "--detach",
            "--data-dir=" + dir.resolve("data"));
    assertThat(ended.said()).contains("build: no");
    assertThat(ended.status()).isEqualTo(7);
  }

  /** A checkout that was built, with a Java that only says what it was asked to run. */
  private Path aBuiltHome() throws IOException {
    Path home = Files.createDirectories(dir.resolve("home"));
    Path dist = Files.createDirectories(home.resolve("deploy/local/target/lakehouse"));
    Files.createDirectories(dist.resolve("lib"));
    Files.writeString(dist.resolve("class-path"), "lib/none.jar");
    Files.copy(CHECKOUT.resolve("lakehouse"), home.resolve("lakehouse"));
    Path bin = Files.createDirectories(home.resolve("jdk/bin"));
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    executable(
        bin.resolve("java"), "#!/bin/sh\necho \"java runs ${*#*dev.lakehouse.local.Main }\"\n");
    return home;
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
    return run(CHECKOUT, environment, "status");
  }

  private Ended run(Path home, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", home.resolve("lakehouse").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).directory(dir.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("LAKEHOUSE_BUILD");
    builder.environment().remove("LAKEHOUSE_JAVA");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }
}
