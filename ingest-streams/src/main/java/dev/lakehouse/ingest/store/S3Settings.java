package dev.lakehouse.ingest.store;

import dev.lakehouse.schemas.config.ConfigException;
import dev.lakehouse.schemas.config.ConfigException.Mistake;
import dev.lakehouse.schemas.config.ObjectsConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * An {@code s3://bucket/prefix} address and the properties that say how to get there, named as
 * Iceberg's S3 file system names them.
 *
 * @param prefix without slashes at its ends; may be empty
 */
record S3Settings(String bucket, String prefix, Map<String, String> properties) {
  private static final String ENDPOINT = "s3.endpoint";
  private static final String ACCESS_KEY = "s3.access-key-id";
  private static final String SECRET_KEY = "s3.secret-access-key";
  private static final String PATH_STYLE = "s3.path-style-access";
  private static final String REGION = "client.region";
  private static final Set<String> KNOWN =
      Set.of(ENDPOINT, ACCESS_KEY, SECRET_KEY, PATH_STYLE, REGION);

  /** Servers other than Amazon's take any region; this is the one they expect. */
  private static final String REGION_OF_ENDPOINTS = "us-east-1";

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** The server is silent while it copies an object of gigabytes. */
  private static final Duration ANSWER = Duration.ofMinutes(5);

  /**
   * Reads the settings.
   *
   * @throws ConfigException naming every mistake
   */
  static S3Settings of(ObjectsConfig config) {
    URI uri = URI.create(config.uri());
    String bucket = uri.getAuthority() == null ? "" : uri.getAuthority();
    String path = uri.getPath() == null ? "" : uri.getPath();
    List<Mistake> mistakes = new ArrayList<>();
    if (bucket.isEmpty()) {
      mistakes.add(new Mistake("objects.uri", "'" + config.uri() + "' names no bucket"));
    }
    check(config.properties(), mistakes);
    if (!mistakes.isEmpty()) {
      throw new ConfigException("settings", mistakes);
    }
    return new S3Settings(bucket, path.replaceAll("^/+|/+$", ""), config.properties());
  }

  private static void check(Map<String, String> properties, List<Mistake> mistakes) {
    for (String name : properties.keySet()) {
      if (!KNOWN.contains(name)) {
        mistakes.add(mistake(name, "is not known; known are " + KNOWN.stream().sorted().toList()));
      }
    }
    String endpoint = properties.get(ENDPOINT);
    if (endpoint != null && !endpoint.matches("https?://[^/]+/?")) {
      mistakes.add(mistake(ENDPOINT, "'" + endpoint + "' is not an address such as http://host:1"));
    }
    String pathStyle = properties.getOrDefault(PATH_STYLE, "false");
    if (!pathStyle.equals("true") && !pathStyle.equals("false")) {
      mistakes.add(mistake(PATH_STYLE, "'" + pathStyle + "' is neither true nor false"));
    }
    if (properties.containsKey(ACCESS_KEY) != properties.containsKey(SECRET_KEY)) {
      String missing = properties.containsKey(ACCESS_KEY) ? SECRET_KEY : ACCESS_KEY;
      mistakes.add(mistake(missing, "is missing beside the other half of the key"));
    }
  }

  private static Mistake mistake(String name, String what) {
    return new Mistake("objects.properties." + name, what);
  }

  /**
   * A client for these settings; credentials and region that they do not name are looked for where
   * Amazon's tools do.
   *
   * @throws ConfigException if no region is found
   */
  S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER))
            // Other servers than Amazon's do not all know the newer checksums and chunks.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
            .forcePathStyle(Boolean.valueOf(properties.get(PATH_STYLE)));
    String accessKey = properties.get(ACCESS_KEY);
    String secretKey = properties.get(SECRET_KEY);
    if (accessKey != null && secretKey != null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
    }
    String endpoint = properties.get(ENDPOINT);
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint)).region(Region.of(REGION_OF_ENDPOINTS));
    }
    String region = properties.get(REGION);
    if (region != null) {
      builder.region(Region.of(region));
    }
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new ConfigException(
          "settings", List.of(mistake(REGION, "is missing: " + e.getMessage())));
    }
  }

  /** The whole key of a name in this store. */
  String key(String name) {
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** The address of a key. */
  String uri(String key) {
    return "s3://" + bucket + "/" + key;
  }

  /** Does not tell the secret. */
  @Override
  public String toString() {
    return uri(prefix);
  }
}
