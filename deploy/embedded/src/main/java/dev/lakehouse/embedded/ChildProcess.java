package dev.lakehouse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of ours that must not outlive us unnoticed: its identity is on disk, so that
 * whoever starts next finds and replaces one that a {@code kill -9} left behind. One that was left
 * before its identity was written is known by the mark in its command line.
 */
final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int LAST_LINES = 5;

  private final Process process;
  private final Path identity;
  private final Path log;

  private ChildProcess(Process process, Path identity, Path log) {
    this.process = process;
    this.identity = identity;
    this.log = log;
  }

  /**
   * Ends the process that an earlier start left, if there is one, and starts the command.
   *
   * @param command the path of {@code java} and its arguments
   * @param identity file that names the running process
   * @param log where its output goes, anew on each start
   */
  static ChildProcess start(List<String> command, Path identity, Path log) {
    try {
      Files.createDirectories(Optional.ofNullable(identity.getParent()).orElse(Path.of(".")));
      Files.createDirectories(Optional.ofNullable(log.getParent()).orElse(Path.of(".")));
      endLeftBehind(identity);
      Process process =
          new ProcessBuilder(marked(command, identity))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Files.writeString(identity, identityOf(process.toHandle()));
      return new ChildProcess(process, identity, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  /** Ends the process that an earlier start left; says whether there was one. */
  static boolean endLeftBehind(Path identity) {
    try {
      Set<ProcessHandle> left = new HashSet<>();
      leftBehind(identity).ifPresent(left::add);
      ProcessHandle.allProcesses()
          .filter(handle -> handle.info().commandLine().orElse("").contains(mark(identity)))
          .forEach(left::add);
      left.forEach(ChildProcess::end);
      Files.deleteIfExists(identity);
      return !left.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The mark comes first, since systems show no more than the beginning of a command line. */
  private static List<String> marked(List<String> command, Path identity) {
    List<String> marked = new ArrayList<>(command);
    marked.add(1, mark(identity));
    return marked;
  }

  private static String mark(Path identity) {
    return "-Dlakehouse.child=" + identity.toAbsolutePath() + "=";
  }

  /** A pid is used again by others; with the time of its start it is unique. */
  private static String identityOf(ProcessHandle handle) {
    return handle.pid() + " " + handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static Optional<ProcessHandle> leftBehind(Path identity) throws IOException {
    if (!Files.exists(identity)) {
      return Optional.empty();
    }
    String recorded = Files.readString(identity).strip();
    try {
      return ProcessHandle.of(Long.parseLong(recorded.split(" ", 2)[0]))
          .filter(handle -> identityOf(handle).equals(recorded));
    } catch (NumberFormatException cutOff) {
      return Optional.empty();
    }
  }

  private static void end(ProcessHandle handle) {
    handle.destroy();
    if (handle
        .onExit()
        .completeOnTimeout(handle, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join()
        .isAlive()) {
      handle.destroyForcibly();
      handle.onExit().join();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines that it printed, to tell why it ended. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          " | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    end(process.toHandle());
    try {
      Files.deleteIfExists(identity);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
