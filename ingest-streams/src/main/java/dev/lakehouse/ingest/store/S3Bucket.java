package dev.lakehouse.ingest.store;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The requests to one bucket. Each waits for its answer; what fails is tried again a few times by
 * the client, then it is an {@link IOException}, a {@link StoreUnavailableException} if waiting
 * might mend it.
 */
final class S3Bucket implements AutoCloseable {
  private static final String ANY_BYTES = "application/octet-stream";

  private final S3Client client;
  private final String name;

  S3Bucket(S3Client client, String name) {
    this.client = client;
    this.name = name;
  }

  /** Size in bytes of an object, if there is one. */
  OptionalLong size(String key) throws IOException {
    try {
      return OptionalLong.of(
          call(() -> client.headObject(head -> head.bucket(name).key(key))).contentLength());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * The bytes of an object from one on; closing drops the connection.
   *
   * @param from below the object's size
   */
  InputStream open(String key, long from) throws IOException {
    ResponseInputStream<GetObjectResponse> object =
        call(
            () ->
                client.getObject(
                    get ->
                        get.bucket(name).key(key).range(from == 0 ? null : "bytes=" + from + "-")));
    return new FilterInputStream(object) {
      @Override
      public void close() {
        object.abort();
      }
    };
  }

  /** Puts a whole object. */
  void put(String key, byte[] bytes, int length) throws IOException {
    String md5 = md5(bytes, length);
    call(
        () ->
            client.putObject(
                put -> put.bucket(name).key(key).contentMD5(md5), body(bytes, length)));
  }

  /** Begins an upload in parts; its id. */
  String begin(String key) throws IOException {
    return call(() -> client.createMultipartUpload(begin -> begin.bucket(name).key(key)))
        .uploadId();
  }

  /** Sends one part, counted from 1. */
  CompletedPart part(String key, String upload, int number, byte[] bytes, int length)
      throws IOException {
    String md5 = md5(bytes, length);
    String tag =
        call(() ->
                client.uploadPart(
                    part ->
                        part.bucket(name)
                            .key(key)
                            .uploadId(upload)
                            .partNumber(number)
                            .contentMD5(md5),
                    body(bytes, length)))
            .eTag();
    return completed(number, tag);
  }

  /** Makes the parts one object. */
  void complete(String key, String upload, List<CompletedPart> parts) throws IOException {
    call(
        () ->
            client.completeMultipartUpload(
                complete ->
                    complete
                        .bucket(name)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(whole -> whole.parts(parts))));
  }

  /** Forgets an upload and its parts. */
  void abort(String key, String upload) throws IOException {
    call(() -> client.abortMultipartUpload(abort -> abort.bucket(name).key(key).uploadId(upload)));
  }

  /** Copies an object on the server in one request. */
  void copy(String from, String to) throws IOException {
    call(
        () ->
            client.copyObject(
                copy ->
                    copy.sourceBucket(name)
                        .sourceKey(from)
                        .destinationBucket(name)
                        .destinationKey(to)));
  }

  /** Copies an object on the server in parts. */
  void copy(String from, String to, long bytes, long partBytes) throws IOException {
    String upload = begin(to);
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long at = 0; at < bytes; at += partBytes) {
        int number = parts.size() + 1;
        String range = "bytes=" + at + "-" + (Math.min(at + partBytes, bytes) - 1);
        String tag =
            call(() ->
                    client.uploadPartCopy(
                        part ->
                            part.sourceBucket(name)
                                .sourceKey(from)
                                .copySourceRange(range)
                                .destinationBucket(name)
                                .destinationKey(to)
                                .uploadId(upload)
                                .partNumber(number)))
                .copyPartResult()
                .eTag();
        parts.add(completed(number, tag));
      }
      complete(to, upload, parts);
    } catch (IOException e) {
      try {
        abort(to, upload);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  /** Deletes an object, if there is one. */
  void delete(String key) throws IOException {
    call(() -> client.deleteObject(delete -> delete.bucket(name).key(key)));
  }

  /** The keys that begin so. */
  List<String> keys(String prefix) throws IOException {
    return call(
        () ->
            client
                .listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList());
  }

  /** The uploads that were begun and not ended under keys that begin so. */
  List<MultipartUpload> uploads(String prefix) throws IOException {
    return call(
        () ->
            client
                .listMultipartUploadsPaginator(list -> list.bucket(name).prefix(prefix))
                .uploads()
                .stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .toList());
  }

  @Override
  public void close() {
    client.close();
  }

  private static <T> T call(Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (S3Exception e) {
      throw failure(e);
    } catch (SdkClientException e) {
      throw new StoreUnavailableException("S3 does not answer: " + e.getMessage(), e);
    } catch (SdkException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static IOException failure(S3Exception e) {
    if (e instanceof NoSuchKeyException) {
      NoSuchFileException missing = new NoSuchFileException(e.getMessage());
      missing.initCause(e);
      return missing;
    }
    return e.statusCode() >= 500 || e.isThrottlingException()
        ? new StoreUnavailableException("S3 cannot serve now: " + e.getMessage(), e)
        : new IOException("S3 refuses: " + e.getMessage(), e);
  }

  private static CompletedPart completed(int number, String tag) {
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /** The body without a copy of the bytes; a retry reads them once more. */
  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, ANY_BYTES);
  }

  /** What every S3 server checks the bytes by that arrive. */
  private static String md5(byte[] bytes, int length) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(bytes, 0, length);
      return Base64.getEncoder().encodeToString(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
