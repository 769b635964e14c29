package dev.lakehouse.local;

import dev.lakehouse.embedded.EmbeddedRegistry;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.process.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The program as a user starts it: a process of its own from the distribution, with the JVM options
 * of the {@code lakehouse} script. Closing it ends it and its child, however it was left.
 */
public final class LakehouseProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(40);
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path DISTRIBUTION = MODULE.resolve("target/lakehouse");

  private final Path data;
  private final Path console;
  private final Process process;

  private LakehouseProcess(Path data, Path console, Process process) {
    this.data = data;
    this.console = console;
    this.process = process;
  }

  /** Starts {@code up} over a directory and waits until it is ready. */
  public static LakehouseProcess up(Path data, String... options) {
    return up(data, Map.of(), options);
  }

  /** The same with variables in its environment. */
  public static LakehouseProcess up(Path data, Map<String, String> environment, String... options) {
    LakehouseProcess lakehouse = launch(data, environment, options);
    try {
      Awaitility.await()
          .atMost(READY)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !lakehouse.process.isAlive() || lakehouse.isReady());
      if (!lakehouse.isReady()) {
        throw new AssertionError("the lakehouse did not start:\n" + lakehouse.said());
      }
      return lakehouse;
    } catch (RuntimeException | Error e) {
      lakehouse.close();
      throw e;
    }
  }

  /** Starts {@code up} without waiting for anything. */
  public static LakehouseProcess launch(
      Path data, Map<String, String> environment, String... options) {
    try {
      Files.createDirectories(data.resolveSibling("console"));
      Path console =
          Files.createTempFile(data.resolveSibling("console"), "" + data.getFileName(), ".log");
      List<String> arguments = new ArrayList<>(List.of("up", "--data-dir=" + data));
      if (Arrays.stream(options).noneMatch(option -> option.startsWith("--port"))) {
        arguments.add("--port=0");
      }
      arguments.addAll(List.of(options));
      return new LakehouseProcess(
          data,
          console,
          program("server", ClassArchives.using("server"), console, data, environment, arguments));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command said and how it ended. */
  public record Ended(int status, String said) {}

  /** Runs any command to its end; it has nobody to ask. */
  public static Ended run(Path scratch, Map<String, String> environment, String... arguments) {
    String kind = kind(arguments);
    return run(kind, ClassArchives.using(kind), scratch, environment, arguments);
  }

  /**
   * The same, keeping the classes that were loaded for later processes of its kind, as the script's
   * training run does.
   */
  public static Ended train(Path scratch, String... arguments) {
    String kind = kind(arguments);
    try {
      Ended ended = run(kind, ClassArchives.making(kind), scratch, Map.of(), arguments);
      ClassArchives.keep(kind);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String kind(String... arguments) {
    return arguments[0].equals("up") || arguments[0].equals("demo") ? "server" : "client";
  }

  private static Ended run(
      String kind,
      List<String> archives,
      Path scratch,
      Map<String, String> environment,
      String... arguments) {
    try {
      Files.createDirectories(scratch);
      Path console = Files.createTempFile(scratch, "command", ".log");
      Process process = program(kind, archives, console, scratch, environment, List.of(arguments));
      process.getOutputStream().close();
      if (!process.waitFor(READY.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end:\n" + Files.readString(console));
      }
      return new Ended(process.exitValue(), Files.readString(console));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Process program(
      String kind,
      List<String> archives,
      Path console,
      Path data,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + MODULE.resolve("src/main/jvm/" + kind + ".options"));
    if (kind.equals("server")) {
      if (Runtime.version().feature() >= 23) {
        command.add("@" + MODULE.resolve("src/main/jvm/server-23.options"));
      }
      command.add("-Djava.io.tmpdir=" + Files.createDirectories(temporary(data)));
    }
    // What a test starts ends before the second compiler's work pays.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(archives);
    command.add("-Duser.timezone=Asia/Kolkata");
    command.add("-Dlakehouse.registry.home=" + System.getProperty("lakehouse.registry.home"));
    command.add("-Dlakehouse.jobs.home=" + MODULE.resolve("../../embed-jobs/jobs/target"));
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(console.toFile());
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** As the script does it, unless the directory is one that must not be touched. */
  private static Path temporary(Path data) {
    return Files.isDirectory(data) || !Files.exists(data)
        ? data.resolve("tmp")
        : data.resolveSibling("tmp");
  }

  private static String classPath() throws IOException {
    String libraries = Files.readString(DISTRIBUTION.resolve("class-path")).strip();
    String own;
    try (var jars =
        Files.newDirectoryStream(DISTRIBUTION.resolve("lib"), "lakehouse-local-*.jar")) {
      own = jars.iterator().next().toString();
    }
    return own + ":" + libraries.replace("lib/", DISTRIBUTION.resolve("lib") + "/");
  }

  private boolean isReady() {
    return RunRecord.alive(data)
        .filter(run -> run.pid() == process.pid() && run.url() != null)
        .isPresent();
  }

  private RunRecord record() {
    return RunRecord.alive(data).orElseThrow(() -> new AssertionError("not running:\n" + said()));
  }

  /** Where its HTTP door is. */
  public String url() {
    String url = record().url();
    if (url == null) {
      throw new AssertionError("not ready:\n" + said());
    }
    return url;
  }

  /** What listens where. */
  public Map<String, Integer> ports() {
    return record().ports();
  }

  public ApiClient client() {
    return new ApiClient(url(), "");
  }

  public long pid() {
    return process.pid();
  }

  /** The schema registry's process. */
  public long registryPid() {
    try {
      return Long.parseLong(
          Files.readString(data.resolve("registry/registry.pid")).strip().split(" ", 2)[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that it has printed. */
  public String said() {
    try {
      return Files.readString(console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the main process as {@code kill -9} does; its child goes on. */
  public void killHard() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop, and waits. */
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** Waits until it ends by itself. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end within " + END + ":\n" + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
    EmbeddedRegistry.endLeftBehind(data.resolve("registry"));
  }
}
