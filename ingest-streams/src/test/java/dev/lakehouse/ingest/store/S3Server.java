package dev.lakehouse.ingest.store;

import dev.lakehouse.schemas.config.ObjectsConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A server that speaks S3, in this process, and what a test looks at in it. */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "uploads";

  private final S3Proxy server;
  private final S3Client client;
  private final Map<String, String> properties;

  private S3Server(S3Proxy server) {
    this.server = server;
    this.properties =
        Map.of(
            "s3.endpoint", "http://127.0.0.1:" + server.getPort(),
            "s3.access-key-id", "someone",
            "s3.secret-access-key", "very secret",
            "s3.path-style-access", "true",
            "client.region", "eu-central-1");
    this.client = S3Settings.of(objects("")).client();
    if (client.listBuckets().buckets().isEmpty()) {
      client.createBucket(create -> create.bucket(BUCKET));
    }
  }

  /** Starts a server with one bucket that keeps its objects below a directory. */
  public static S3Server start(Path directory) {
    return start(directory, 0);
  }

  /** The same on a port; 0 is a free one. */
  public static S3Server start(Path directory, int port) {
    try {
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(
                  new FilesystemNio2BlobStore(
                      Files.createDirectories(directory.toAbsolutePath()).toString()))
              .endpoint(URI.create("http://127.0.0.1:" + port))
              .awsAuthentication(AuthenticationType.AWS_V4, "someone", "very secret")
              .v4MaxNonChunkedRequestSize(64 << 20)
              .build();
      server.start();
      return new S3Server(server);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The settings of a store in the bucket, under a prefix. */
  public ObjectsConfig objects(String prefix) {
    return new ObjectsConfig("s3://" + BUCKET + "/" + prefix, properties);
  }

  /** The same with one property changed. */
  ObjectsConfig objects(String prefix, String property, String value) {
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(property, value);
    return new ObjectsConfig("s3://" + BUCKET + "/" + prefix, changed);
  }

  public int port() {
    return server.getPort();
  }

  S3Client client() {
    return client;
  }

  /** Every key in the bucket. */
  public List<String> keys() {
    return client.listObjectsV2(list -> list.bucket(BUCKET)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** The keys of every upload that was begun and not ended. */
  public List<String> unfinished() {
    return client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads().stream()
        .map(MultipartUpload::key)
        .toList();
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
