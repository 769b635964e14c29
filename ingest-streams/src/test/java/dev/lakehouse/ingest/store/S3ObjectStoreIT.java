package dev.lakehouse.ingest.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.config.ConfigException;
import dev.lakehouse.schemas.config.ObjectsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/** Objects in S3 are named by their content, whole or not there at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ObjectStoreIT {
  private static final int MIB = 1 << 20;

  private S3Server server;

  @BeforeAll
  void start(@TempDir Path directory) {
    server = S3Server.start(directory.resolve("s3"));
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  private static byte[] content(int seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static StoredObject keep(ObjectStore store, byte[] content) throws IOException {
    try (Incoming incoming = store.receive()) {
      send(incoming, content);
      return incoming.keep();
    }
  }

  private static void send(Incoming incoming, byte[] content) throws IOException {
    for (int at = 0; at < content.length; at += 100_000) {
      incoming.write(content, at, Math.min(100_000, content.length - at));
    }
  }

  private List<String> keys(String prefix) {
    return server.keys().stream().filter(key -> key.startsWith(prefix + "/")).toList();
  }

  @Test
  void aSmallObjectIsOneRequest() throws IOException {
    try (ObjectStore store = ObjectStore.at(server.objects("small"))) {
      StoredObject kept = keep(store, "a,b\n1,2\n".getBytes(UTF_8));
      assertThat(kept.sha256())
          .isEqualTo("492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470");
      assertThat(kept.bytes()).isEqualTo(8);
      String key = "small/sha256/" + kept.sha256().substring(0, 2) + "/" + kept.sha256();
      assertThat(kept.uri()).isEqualTo("s3://uploads/" + key);
      assertThat(keys("small")).containsExactly(key);
      try (InputStream in = store.open(kept.uri())) {
        assertThat(in).hasBinaryContent("a,b\n1,2\n".getBytes(UTF_8));
      }
      StoredObject empty = keep(store, new byte[0]);
      assertThat(store.open(empty.uri())).isEmpty();
      assertThat(store.find(kept.sha256())).contains(kept.uri());
      store.delete(kept.sha256());
      store.delete(kept.sha256());
      assertThat(store.find(kept.sha256())).isEmpty();
      assertThat(store.find(empty.sha256())).contains(empty.uri());
    }
  }

  @Test
  void aLargeObjectGoesInPartsAndIsCopiedToItsName() throws IOException {
    byte[] content = content(1, 20 * MIB + 17);
    try (ObjectStore store = ObjectStore.at(server.objects("large"))) {
      try (Incoming incoming = store.receive()) {
        send(incoming, content);
        assertThat(server.unfinished()).singleElement().asString().startsWith("large/incoming/");
        StoredObject kept = incoming.keep();
        assertThat(keys("large")).singleElement().asString().endsWith(kept.sha256());
        assertThat(server.unfinished()).isEmpty();
        try (InputStream in = store.open(kept.uri())) {
          assertThat(in).hasBinaryContent(content);
        }
      }
      assertThat(keys("large")).hasSize(1);
    }
  }

  @Test
  void whatIsTooLargeForOneCopyIsCopiedInParts() throws IOException {
    byte[] content = content(2, 20 * MIB);
    try (ObjectStore store = S3ObjectStore.at(server.objects("huge"), 10 * MIB, 9 * MIB)) {
      StoredObject kept = keep(store, content);
      assertThat(keys("huge")).singleElement().asString().endsWith(kept.sha256());
      assertThat(server.unfinished()).isEmpty();
      try (InputStream in = store.open(kept.uri())) {
        assertThat(in).hasBinaryContent(content);
      }
    }
  }

  @Test
  void exactlyOnePartAndAByteMore() throws IOException {
    try (ObjectStore store = ObjectStore.at(server.objects("edges"))) {
      for (int bytes : new int[] {8 * MIB, 8 * MIB + 1}) {
        byte[] content = content(bytes, bytes);
        StoredObject kept = keep(store, content);
        assertThat(kept.bytes()).isEqualTo(bytes);
        try (InputStream in = store.open(kept.uri())) {
          assertThat(in).hasBinaryContent(content);
        }
      }
      assertThat(keys("edges/incoming")).isEmpty();
    }
  }

  @Test
  void theSameContentTwiceIsOneObject() throws IOException {
    byte[] content = content(3, 9 * MIB);
    try (ObjectStore store = ObjectStore.at(server.objects("twice"))) {
      StoredObject first = keep(store, content);
      var written = server.client().headObject(head(first)).lastModified();
      assertThat(keep(store, content)).isEqualTo(first);
      assertThat(server.client().headObject(head(first)).lastModified()).isEqualTo(written);
      assertThat(keys("twice")).hasSize(1);
      assertThat(server.unfinished()).isEmpty();
    }
  }

  private static HeadObjectRequest head(StoredObject object) {
    return HeadObjectRequest.builder()
        .bucket(S3Server.BUCKET)
        .key(object.uri().substring("s3://uploads/".length()))
        .build();
  }

  @Test
  void whatIsNotKeptLeavesNothing() throws IOException {
    try (ObjectStore store = ObjectStore.at(server.objects("dropped"))) {
      try (Incoming incoming = store.receive()) {
        send(incoming, content(4, 20 * MIB));
        assertThat(server.unfinished()).hasSize(1);
      }
      assertThat(server.unfinished()).isEmpty();
      assertThat(keys("dropped")).isEmpty();
    }
  }

  @Test
  void theNextStartSweepsWhatAKilledProcessLeftAndNothingElse() throws IOException {
    String bucket = S3Server.BUCKET;
    for (String key : List.of("killed/incoming/x", "killed/sha256/ab/abc", "killed2/incoming/x")) {
      server.client().createMultipartUpload(begin -> begin.bucket(bucket).key(key));
    }
    for (String key : List.of("killed/incoming/y", "killed/sha256/cd/cde", "killed2/incoming/y")) {
      server.client().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("y"));
    }
    ObjectStore.at(server.objects("killed")).close();
    assertThat(server.unfinished()).containsExactly("killed2/incoming/x");
    assertThat(keys("killed")).containsExactly("killed/sha256/cd/cde");
    assertThat(keys("killed2")).containsExactly("killed2/incoming/y");
    ObjectStore.at(server.objects("killed2")).close();
    assertThat(server.unfinished()).isEmpty();
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    try (ObjectStore store = ObjectStore.at(server.objects("none"))) {
      for (String uri :
          List.of("s3://uploads/none/sha256/ab/abc", "s3://other/x", "file:///etc/hosts")) {
        assertThatThrownBy(() -> store.open(uri))
            .isInstanceOf(NoSuchFileException.class)
            .hasMessageContaining(uri);
      }
    }
  }

  @Test
  void aStoreThatCannotBeUsedIsSaidAtTheStart() {
    assertRefused(server.objects("x", "s3.secret-access-key", "wrong"), "SignatureDoesNotMatch");
    assertRefused(server.objects("x", "s3.access-key-id", "nobody"), "InvalidAccessKeyId");
    ObjectsConfig elsewhere =
        new ObjectsConfig("s3://no-such-bucket/x", server.objects("x").properties());
    assertRefused(elsewhere, "NoSuchBucket");
    assertThatThrownBy(
            () -> ObjectStore.at(server.objects("x", "s3.endpoint", "http://127.0.0.1:1")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("objects.uri")
        .hasMessageContaining("s3://uploads/x")
        .hasMessageContaining("refused");
  }

  private static void assertRefused(ObjectsConfig config, String why) {
    assertThatThrownBy(() -> ObjectStore.at(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("objects.uri: '" + config.uri() + "' cannot be used: " + why);
  }
}
