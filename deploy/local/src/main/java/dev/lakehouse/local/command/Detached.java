package dev.lakehouse.local.command;

import dev.lakehouse.local.process.DataDirectory;
import dev.lakehouse.local.process.RunRecord;
import dev.lakehouse.local.process.StartRefused;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts {@code lakehouse up} as a process of its own and follows what it says until it is ready.
 * Whoever interrupts us before ends that one too.
 */
final class Detached {
  private static final int POLL_MILLIS = 50;

  /** Tells the script whether to build what has changed. */
  private static final String BUILD = "LAKEHOUSE_BUILD";

  /** The script that we were started by has done it, or was told not to. */
  private static final String BUILT_ALREADY = "no";

  private Detached() {}

  /**
   * Returns once the other process is ready or has ended.
   *
   * @return how it ended, or 0 if it is ready
   */
  static int up(StartOptions options, PrintWriter out) throws InterruptedException {
    LakehouseConfig config = options.config();
    Path data = config.data().path();
    if (RunRecord.alive(data).isPresent()) {
      throw DataDirectory.held(data);
    }
    Path said = data.resolve("logs").resolve("console.log");
    Path firstKey = data.resolve("auth").resolve("first-key-" + ProcessHandle.current().pid());
    Process process = launch(options, data, said, firstKey);
    Thread withUs = new Thread(process::destroy, "end what was not ready");
    Runtime.getRuntime().addShutdownHook(withUs);
    int shown = 0;
    while (true) {
      boolean ended = !process.isAlive();
      boolean ready =
          RunRecord.alive(data)
              .filter(run -> run.pid() == process.pid() && run.url() != null)
              .isPresent();
      shown = show(said, shown, out);
      if (ready) {
        FirstKey.showLeft(firstKey, out);
      }
      if (ended) {
        return process.exitValue();
      }
      if (ready) {
        Runtime.getRuntime().removeShutdownHook(withUs);
        out.println("It runs in the background; its output is in " + said + ".");
        out.println("Stop it with `lakehouse down" + arguments(options) + "`.");
        out.flush();
        return ExitCode.OK;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static String arguments(StartOptions options) {
    return options.arguments().isEmpty() ? "" : " " + String.join(" ", options.arguments());
  }

  private static Process launch(StartOptions options, Path data, Path said, Path firstKey) {
    String script = System.getProperty("lakehouse.script", "");
    if (script.isEmpty()) {
      throw new StartRefused(
          "--detach needs the lakehouse script", "start it with ./lakehouse up --detach");
    }
    List<String> command = new ArrayList<>(apart());
    command.add(script);
    command.add("up");
    command.addAll(options.arguments());
    command.add("--first-key-to=" + firstKey);
    try {
      Files.createDirectories(said.getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      builder.environment().put(BUILD, BUILT_ALREADY);
      return builder.start();
    } catch (IOException e) {
      throw DataDirectory.unwritable(data, e);
    }
  }

  /** What keeps a process from ending with the terminal it was started from. */
  private static List<String> apart() {
    Optional<Path> setsid =
        List.of("/usr/bin/setsid", "/bin/setsid").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    return List.of(setsid.map(Path::toString).orElse("nohup"));
  }

  private static int show(Path said, int shown, PrintWriter out) {
    try {
      String all = Files.readString(said, StandardCharsets.UTF_8);
      int whole = all.lastIndexOf('\n') + 1;
      if (whole > shown) {
        all.substring(shown, whole)
            .lines()
            .filter(line -> !line.startsWith("Stop with Ctrl-C"))
            .forEach(out::println);
        out.flush();
      }
      return Math.max(shown, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
