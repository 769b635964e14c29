package dev.lakehouse.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.config.ConfigException;
import dev.lakehouse.schemas.config.ObjectsConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An S3 address and its properties are read, and every mistake in them is named at once. */
class S3SettingsTest {
  @Test
  void readsBucketAndPrefix() {
    S3Settings deep = S3Settings.of(new ObjectsConfig("s3://my_bucket/a/b", Map.of()));
    assertThat(deep.bucket()).isEqualTo("my_bucket");
    assertThat(deep.key("x")).isEqualTo("a/b/x");
    assertThat(deep.uri(deep.key("x"))).isEqualTo("s3://my_bucket/a/b/x");
    assertThat(S3Settings.of(new ObjectsConfig("s3://b", Map.of())).key("x")).isEqualTo("x");
  }

  @Test
  void namesEveryMistakeAndNoSecret() {
    ObjectsConfig config =
        new ObjectsConfig(
            "s3:///prefix",
            Map.of(
                "s3.secret-access-key", "do not tell",
                "s3.endpoint", "localhost:9000",
                "s3.path-style-access", "yes",
                "s3.acl", "private"));
    assertThatThrownBy(() -> S3Settings.of(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("objects.uri: ")
        .hasMessageContaining("objects.properties.s3.acl: is not known")
        .hasMessageContaining("objects.properties.s3.endpoint: ")
        .hasMessageContaining("objects.properties.s3.path-style-access: ")
        .hasMessageContaining("objects.properties.s3.access-key-id: is missing")
        .hasMessageNotContaining("do not tell");
  }
}
