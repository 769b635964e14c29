package dev.lakehouse.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The jar with our jobs, which goes to a Flink cluster once for each build. */
final class JobsJar {
  private static final int DIGEST_BYTES = 8;

  private final Path jar;

  private JobsJar(Path jar) {
    this.jar = jar;
  }

  /**
   * The jar that the build left.
   *
   * @throws StartRefused if it is not built
   */
  static JobsJar built() {
    Path home = Path.of(System.getProperty("lakehouse.jobs.home", "target")).toAbsolutePath();
    try (Stream<Path> files = Files.isDirectory(home) ? Files.list(home) : Stream.empty()) {
      return files
          .filter(file -> file.getFileName().toString().matches("lakehouse-jobs-.*-flink\\.jar"))
          .findFirst()
          .map(JobsJar::new)
          .orElseThrow(
              () ->
                  new StartRefused(
                      "flink.url is set, and the jobs to submit there are not in " + home,
                      "start with the lakehouse script, which builds what is missing"));
    } catch (IOException e) {
      throw new StartRefused("the directory " + home + " cannot be read", "see its rights", e);
    }
  }

  /** The id of the jar on the cluster, where it is brought if it is not there. */
  synchronized String on(FlinkRest cluster) throws IOException {
    String stored = "lakehouse-jobs-" + digest() + ".jar";
    Optional<String> there = cluster.jar(stored);
    return there.isPresent() ? there.get() : cluster.upload(jar, stored);
  }

  /** Tells one build's jar from another's. */
  private String digest() throws IOException {
    try (InputStream content = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
