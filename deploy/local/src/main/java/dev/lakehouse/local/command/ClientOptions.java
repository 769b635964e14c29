package dev.lakehouse.local.command;

import dev.lakehouse.local.client.ApiClient;
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
              + " taken from LAKEHOUSE_API_KEY.")
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
    return new ApiClient(
        named.isBlank() ? DEFAULT_URL : named,
        key == null ? System.getenv().getOrDefault("LAKEHOUSE_API_KEY", "") : key);
  }
}
