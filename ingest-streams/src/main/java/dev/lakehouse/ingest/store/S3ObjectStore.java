package dev.lakehouse.ingest.store;

import dev.lakehouse.schemas.config.ConfigException;
import dev.lakehouse.schemas.config.ConfigException.Mistake;
import dev.lakehouse.schemas.config.ObjectsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects {@code sha256/ab/abcd…} under a prefix of an S3 bucket. What comes in is sent in parts
 * under {@code incoming/}, and copied by the server once its digest is known; S3 shows an object
 * whole or not at all. What a killed process left is swept away at the next start.
 */
final class S3ObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(S3ObjectStore.class);
  private static final long COPY_PART_BYTES = 1L << 30;

  /** The most that S3 copies in one request. */
  private static final long LARGEST_COPY = 5L << 30;

  private static final String OBJECTS = "sha256/";
  private static final String INCOMING = "incoming/";

  private final S3Settings settings;
  private final S3Bucket bucket;
  private final long largestCopy;
  private final long copyPartBytes;

  private S3ObjectStore(
      S3Settings settings, S3Bucket bucket, long largestCopy, long copyPartBytes) {
    this.settings = settings;
    this.bucket = bucket;
    this.largestCopy = largestCopy;
    this.copyPartBytes = copyPartBytes;
  }

  /**
   * Opens the store and sweeps what cut-off uploads left.
   *
   * @throws ConfigException if the settings are wrong, or S3 refuses them
   * @throws StoreUnavailableException if S3 does not answer
   */
  static S3ObjectStore at(ObjectsConfig config) throws IOException {
    return at(config, LARGEST_COPY, COPY_PART_BYTES);
  }

  static S3ObjectStore at(ObjectsConfig config, long largestCopy, long copyPartBytes)
      throws IOException {
    S3Settings settings = S3Settings.of(config);
    S3Bucket bucket = new S3Bucket(settings.client(), settings.bucket());
    S3ObjectStore store = new S3ObjectStore(settings, bucket, largestCopy, copyPartBytes);
    try {
      store.sweep();
      return store;
    } catch (StoreUnavailableException e) {
      bucket.close();
      throw new StoreUnavailableException("objects.uri: " + settings + ": " + e.getMessage(), e);
    } catch (IOException e) {
      bucket.close();
      throw new ConfigException(
          "settings",
          List.of(new Mistake("objects.uri", "'" + settings + "' cannot be used: " + why(e))));
    }
  }

  private static String why(IOException e) {
    if (e.getCause() instanceof S3Exception s3 && s3.awsErrorDetails() != null) {
      return s3.awsErrorDetails().errorCode() + ": " + s3.awsErrorDetails().errorMessage();
    }
    return String.valueOf(e.getMessage());
  }

  private void sweep() throws IOException {
    int swept = 0;
    for (String area : List.of(INCOMING, OBJECTS)) {
      for (MultipartUpload left : bucket.uploads(settings.key(area))) {
        bucket.abort(left.key(), left.uploadId());
        swept++;
      }
    }
    for (String left : bucket.keys(settings.key(INCOMING))) {
      bucket.delete(left);
      swept++;
    }
    if (swept > 0) {
      LOG.info("swept {} uploads that were cut off", swept);
    }
  }

  @Override
  public Incoming receive() {
    return new S3Incoming(this, bucket, settings.key(INCOMING + UUID.randomUUID()));
  }

  @Override
  public InputStream open(String uri) throws IOException {
    String key = key(uri);
    OptionalLong size = bucket.size(key);
    if (size.isEmpty()) {
      throw new NoSuchFileException(uri);
    }
    return new ResumingStream(from -> bucket.open(key, from), size.getAsLong());
  }

  @Override
  public Optional<String> find(String sha256) throws IOException {
    String key = objectKey(sha256);
    return bucket.size(key).isPresent() ? Optional.of(uri(key)) : Optional.empty();
  }

  private String key(String uri) throws NoSuchFileException {
    URI asked = URI.create(uri);
    if (!"s3".equals(asked.getScheme()) || !settings.bucket().equals(asked.getAuthority())) {
      throw new NoSuchFileException(uri, null, "not in the bucket of " + settings);
    }
    return asked.getPath().substring(1);
  }

  @Override
  public void delete(String sha256) throws IOException {
    bucket.delete(objectKey(sha256));
  }

  /** The key of content with this digest. */
  String objectKey(String sha256) {
    return settings.key(OBJECTS + sha256.substring(0, 2) + "/" + sha256);
  }

  /** The address of a key. */
  String uri(String key) {
    return settings.uri(key);
  }

  /** Copies what came in to where it stays. */
  void settle(String incoming, String object, long bytes) throws IOException {
    if (bytes > largestCopy) {
      bucket.copy(incoming, object, bytes, copyPartBytes);
    } else {
      bucket.copy(incoming, object);
    }
  }

  @Override
  public void close() {
    bucket.close();
  }
}
