package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ApiClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lakehouse to talk to. */
final class ClientOptions {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Where the lakehouse is (default: LAKEHOUSE_URL, else http://127.0.0.1:8080). A key is"
              + " taken from LAKEHOUSE_API_KEY, certificates to trust from the file LAKEHOUSE_CA.")
  @Nullable String url;

  ApiClient client() {
    return client(null);
  }

  /**
   * The same with another key.
   *
   * @param key null for the one of the environment
   */
  ApiClient client(@Nullable String key) {
    String named = url == null ? System.getenv().getOrDefault("LAKEHOUSE_URL", "") : url;
    String address = named.isBlank() ? DEFAULT_URL : named;
    String known = key == null ? System.getenv().getOrDefault("LAKEHOUSE_API_KEY", "") : key;
    String authorities = System.getenv().getOrDefault("LAKEHOUSE_CA", "");
    return authorities.isEmpty()
        ? new ApiClient(address, known)
        : ApiClient.trusting(address, known, Path.of(authorities));
  }
}
