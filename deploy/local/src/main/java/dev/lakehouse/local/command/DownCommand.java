package dev.lakehouse.local.command;

import dev.lakehouse.embedded.EmbeddedRegistry;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import dev.lakehouse.local.process.RunRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lakehouse down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description =
        "Stops the lakehouse of a data directory, or the one on a port, and waits for it.")
public final class DownCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin StartOptions start = new StartOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Path data = dataDir();
    if (isAnother(data)) {
      out.println("No lakehouse runs on port " + start.port + ".");
      out.flush();
      return ExitCode.OK;
    }
    Optional<ProcessHandle> process = RunRecord.alive(data).flatMap(RunRecord::process);
    if (process.isEmpty()) {
      out.println(
          "No lakehouse runs on "
              + data
              + (start.port == null ? "" : " or port " + start.port)
              + ".");
      if (EmbeddedRegistry.endLeftBehind(data.resolve("registry"))) {
        out.println("Ended the schema registry that a killed one had left behind.");
      }
      out.flush();
      return ExitCode.OK;
    }
    ProcessHandle handle = process.get();
    handle.destroy();
    boolean ended =
        !handle
            .onExit()
            .completeOnTimeout(handle, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .join()
            .isAlive();
    out.println(
        ended
            ? "Stopped the lakehouse on " + data + "."
            : "The lakehouse on "
                + data
                + " (process "
                + handle.pid()
                + ") did not stop within "
                + PATIENCE.toSeconds()
                + " s.");
    out.flush();
    return ended ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Whether only a port was named and the lakehouse of the directory is on another one. */
  private boolean isAnother(Path data) {
    return start.port != null
        && start.dataDir == null
        && RunRecord.alive(data).isPresent()
        && !isOn(data, start.port);
  }

  /** The directory that was named; else that of the lakehouse on the port that was named. */
  private Path dataDir() {
    Path configured = start.config().data().path();
    if (start.port == null || start.dataDir != null || isOn(configured, start.port)) {
      return configured;
    }
    try {
      String key = System.getenv().getOrDefault("LAKEHOUSE_API_KEY", "");
      return Path.of(new ApiClient("http://127.0.0.1:" + start.port, key).status().dataDir());
    } catch (ApiException e) {
      if (e.kind() == ApiException.Kind.UNREACHABLE) {
        return configured;
      }
      throw e;
    }
  }

  private static boolean isOn(Path data, int port) {
    return RunRecord.alive(data)
        .filter(run -> run.ports().getOrDefault("http", 0) == port)
        .isPresent();
  }
}
