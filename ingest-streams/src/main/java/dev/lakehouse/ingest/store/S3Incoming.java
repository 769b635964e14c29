package dev.lakehouse.ingest.store;

import dev.lakehouse.schemas.http.Problem;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object on its way into S3. What fits into one part is put where it stays in one request; more
 * goes there by way of an upload in parts. Holds one part in memory.
 */
final class S3Incoming implements Incoming {
  static final int PART_BYTES = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(S3Incoming.class);
  private static final int FIRST_BUFFER_BYTES = 128 << 10;
  private static final int MOST_PARTS = 10_000;

  private final S3ObjectStore store;
  private final S3Bucket bucket;
  private final String key;
  private final MessageDigest digest = Digests.sha256();
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] part = new byte[FIRST_BUFFER_BYTES];
  private int filled;
  private long bytes;
  private @Nullable String upload;
  private boolean completed;

  S3Incoming(S3ObjectStore store, S3Bucket bucket, String key) {
    this.store = store;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    digest.update(buffer, offset, length);
    int end = offset + length;
    for (int at = offset; at < end; ) {
      if (filled == part.length) {
        makeRoom();
      }
      int n = Math.min(end - at, part.length - filled);
      System.arraycopy(buffer, at, part, filled, n);
      filled += n;
      at += n;
    }
    bytes += length;
  }

  private void makeRoom() throws IOException {
    if (part.length < PART_BYTES) {
      part = Arrays.copyOf(part, Math.min(part.length * 2, PART_BYTES));
    } else {
      sendPart();
    }
  }

  private void sendPart() throws IOException {
    if (parts.size() == MOST_PARTS) {
      throw Problem.of(
              413,
              "too_large",
              "The file is too large",
              "S3 takes no more than " + (long) MOST_PARTS * PART_BYTES + " bytes of it")
          .hint("split it")
          .toException();
    }
    String id = upload;
    if (id == null) {
      id = bucket.begin(key);
      upload = id;
    }
    parts.add(bucket.part(key, id, parts.size() + 1, part, filled));
    filled = 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public StoredObject keep() throws IOException {
    String sha256 = HexFormat.of().formatHex(digest.digest());
    String object = store.objectKey(sha256);
    if (!bucket.size(object).equals(OptionalLong.of(bytes))) {
      if (upload == null) {
        bucket.put(object, part, filled);
      } else {
        sendPart();
        bucket.complete(key, upload, parts);
        completed = true;
        store.settle(key, object, bytes);
      }
    }
    close();
    return new StoredObject(store.uri(object), sha256, bytes);
  }

  /** What cannot be cleared away now, the next start sweeps. */
  @Override
  public void close() {
    String id = upload;
    if (id == null) {
      return;
    }
    upload = null;
    try {
      if (completed) {
        bucket.delete(key);
      } else {
        bucket.abort(key, id);
      }
    } catch (IOException e) {
      LOG.warn("'{}' is left until the next start", store.uri(key), e);
    }
  }
}
