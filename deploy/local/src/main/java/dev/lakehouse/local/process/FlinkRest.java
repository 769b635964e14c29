package dev.lakehouse.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The few calls to a Flink cluster's REST interface that landing needs. */
final class FlinkRest {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration QUESTION = Duration.ofMillis(2_500);
  private static final Duration ORDER = Duration.ofMinutes(5);
  private static final String BOUNDARY = "lakehouse-landing-job";
  private static final String CAUSE = "Caused by: ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  FlinkRest(String url) {
    this.url = url;
  }

  /** A job that the cluster knows, running or ended not long ago. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Job(String jid, String name, String state, Tasks tasks) {
    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");

    boolean hasEnded() {
      return ENDED.contains(state);
    }
  }

  /** How many of a job's tasks run. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Tasks(int running, int total) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Jobs(List<Job> jobs) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Jar(String id, String name) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Jars(List<Jar> files) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Uploaded(String filename) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Submitted(String jobid) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Refusal(List<String> errors) {}

  private record Run(
      String entryClass, List<String> programArgsList, int parallelism, String jobId) {}

  /** All jobs of that name. */
  List<Job> jobs(String name) throws IOException {
    return send(request("/jobs/overview", QUESTION).GET(), Jobs.class).jobs().stream()
        .filter(job -> job.name().equals(name))
        .toList();
  }

  /** The id of a jar that was uploaded under this name. */
  Optional<String> jar(String name) throws IOException {
    return send(request("/jars", QUESTION).GET(), Jars.class).files().stream()
        .filter(jar -> jar.name().equals(name))
        .map(Jar::id)
        .findFirst();
  }

  /** Uploads a jar under this name and returns its id. */
  String upload(Path jar, String name) throws IOException {
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + name
            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
    HttpRequest.Builder request =
        request("/jars/upload", ORDER)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofFile(jar),
                    BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n")));
    String stored = send(request, Uploaded.class).filename();
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  /**
   * Runs a program of an uploaded jar, which submits one job.
   *
   * @param job the id that the job gets; the cluster takes none twice
   */
  void run(String jar, String main, List<String> arguments, int parallelism, String job)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(new Run(main, arguments, parallelism, job));
    HttpRequest.Builder request =
        request("/jars/" + jar + "/run", ORDER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    send(request, Submitted.class);
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(patience);
  }

  private <T> T send(HttpRequest.Builder request, Class<T> answer) throws IOException {
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new IOException(refusal(response));
      }
      return JSON.readValue(response.body(), answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + url, e);
    }
  }

  /** Flink answers with stack traces; their innermost cause is what there is to tell. */
  private static String refusal(HttpResponse<byte[]> response) {
    String body = new String(response.body(), UTF_8);
    List<String> lines;
    try {
      lines = JSON.readValue(body, Refusal.class).errors().stream().flatMap(String::lines).toList();
    } catch (IOException notFlink) {
      lines = body.lines().toList();
    }
    String cause = lines.isEmpty() ? "" : lines.get(0);
    for (String line : lines) {
      if (line.startsWith(CAUSE)) {
        cause = line.substring(CAUSE.length());
      }
    }
    return "status " + response.statusCode() + ": " + cause;
  }
}
