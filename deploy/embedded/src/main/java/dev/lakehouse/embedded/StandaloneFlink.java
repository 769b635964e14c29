package dev.lakehouse.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Flink cluster that is not ours, for tests: job manager and task manager are processes of their
 * own with nothing but Flink on their class path, which is picked from this process's. Jars can be
 * sent to its REST port if {@code flink-runtime-web} is among them.
 */
public final class StandaloneFlink implements AutoCloseable {
  /** What a Flink distribution has in its lib folder; all else must come in the job's jar. */
  private static final List<String> LIB =
      List.of(
          "/org/apache/flink/",
          "/org/slf4j/",
          "/org/apache/logging/",
          "/org/apache/commons/",
          "/commons-",
          "/com/esotericsoftware/",
          "/org/objenesis/",
          "/com/twitter/",
          "/org/javassist/",
          "/org/snakeyaml/",
          "/org/xerial/snappy/",
          "/at/yawk/",
          "/com/google/code/findbugs/");

  private final Path dir;
  private final int restPort = FreePort.pick();
  private final List<ChildProcess> processes = new ArrayList<>();

  private StandaloneFlink(Path dir) {
    this.dir = dir;
  }

  /**
   * Starts both processes; they need some seconds until they answer.
   *
   * @param dir for all state, and what they print
   */
  public static StandaloneFlink start(Path dir) {
    StandaloneFlink flink = new StandaloneFlink(dir);
    try {
      flink.configure();
      flink.launch(
          "jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
      flink.launch("taskmanager", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
      return flink;
    } catch (IOException e) {
      flink.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      flink.close();
      throw e;
    }
  }

  /** Where its REST interface will answer. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + restPort);
  }

  /** The directory of its {@code config.yaml}. */
  public Path configuration() {
    return dir.resolve("conf");
  }

  /** How one of Flink's own programs is run, without its arguments. */
  public static List<String> command(String main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Such a cluster ends before the second compiler's work pays.
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MetaspaceSize=128m",
            "-Dlog4j2.level=error"));
    Stream.of("lang", "lang.reflect", "net", "nio", "util", "util.concurrent", "time")
        .forEach(opened -> command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED"));
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.add("-cp");
    command.add(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith(".jar"))
            .filter(entry -> LIB.stream().anyMatch(entry::contains))
            .filter(entry -> !entry.contains("flink-connector-kafka"))
            .filter(entry -> !entry.contains("flink-connector-base"))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(main);
    return command;
  }

  private void launch(String name, String main) {
    List<String> command = command(main);
    command.addAll(List.of("--configDir", configuration().toString()));
    processes.add(
        ChildProcess.start(command, dir.resolve(name + ".pid"), dir.resolve(name + ".log")));
  }

  private void configure() throws IOException {
    Files.createDirectories(configuration());
    Files.createDirectories(dir.resolve("tmp"));
    Files.writeString(
        configuration().resolve("config.yaml"),
        String.join(
            "\n",
            "jobmanager.rpc.address: 127.0.0.1",
            "jobmanager.rpc.port: " + FreePort.pick(),
            "jobmanager.bind-host: 127.0.0.1",
            "rest.address: 127.0.0.1",
            "rest.bind-address: 127.0.0.1",
            "rest.port: " + restPort,
            "taskmanager.host: 127.0.0.1",
            "taskmanager.bind-host: 127.0.0.1",
            "taskmanager.numberOfTaskSlots: 2",
            "taskmanager.cpu.cores: 1.0",
            "taskmanager.memory.framework.heap.size: 128m",
            "taskmanager.memory.framework.off-heap.size: 64m",
            "taskmanager.memory.jvm-metaspace.size: 384m",
            "taskmanager.memory.jvm-overhead.min: 128m",
            "taskmanager.memory.jvm-overhead.max: 128m",
            "taskmanager.memory.task.heap.size: 256m",
            "taskmanager.memory.task.off-heap.size: 64m",
            "taskmanager.memory.network.min: 32m",
            "taskmanager.memory.network.max: 32m",
            "taskmanager.memory.managed.size: 32m",
            "io.tmp.dirs: " + dir.resolve("tmp"),
            ""));
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::close);
    processes.clear();
  }
}
