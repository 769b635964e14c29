package dev.lakehouse.local.process;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a running lakehouse leaves in its data directory for {@code down} and {@code up --detach}:
 * the process by its handle, and where it listens. Process ids are used again by others; with the
 * time of its start a process is unique.
 *
 * @param pid process id
 * @param startedMillis when the process started, in milliseconds since 1970
 * @param url address of the HTTP door; null while starting
 * @param ports what listens where, by part
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunRecord(
    long pid,
    long startedMillis,
    @org.jspecify.annotations.Nullable String url,
    Map<String, Integer> ports) {
  private static final String FILE = "run.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** This process, not yet ready. */
  public static RunRecord starting() {
    ProcessHandle self = ProcessHandle.current();
    return new RunRecord(self.pid(), startOf(self), null, Map.of());
  }

  /** The same, ready at this address. */
  public RunRecord ready(String address, Map<String, Integer> allPorts) {
    return new RunRecord(pid, startedMillis, address, allPorts);
  }

  /** The record in a data directory whose process still lives. */
  public static Optional<RunRecord> alive(Path dataDir) {
    Path file = dataDir.resolve(FILE);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      RunRecord found = JSON.readValue(file.toFile(), RunRecord.class);
      return found.process().isPresent() ? Optional.of(found) : Optional.empty();
    } catch (IOException cutOff) {
      return Optional.empty();
    }
  }

  /** The process, if it still lives and is the one that was recorded. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> startOf(handle) == startedMillis);
  }

  void writeTo(Path dataDir) {
    try {
      Path next = dataDir.resolve(FILE + ".next");
      Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
      Files.move(next, dataDir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void removeFrom(Path dataDir) {
    try {
      Files.deleteIfExists(dataDir.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
