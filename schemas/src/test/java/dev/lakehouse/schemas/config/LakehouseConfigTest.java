package dev.lakehouse.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakehouseConfigTest {
  @TempDir Path dir;

  @Test
  void defaultsAreThese() {
    LakehouseConfig config = LakehouseConfig.defaults();
    assertThat(config.server()).isEqualTo(new ServerConfig("127.0.0.1", 8080));
    assertThat(config.auth()).isEqualTo(new AuthConfig(false, Map.of()));
    assertThat(config.data()).isEqualTo(new DataConfig("./data", 1L << 30));
    assertThat(config.kafka()).isEqualTo(new KafkaConfig("", 0, 1, Map.of()));
    assertThat(config.registry()).isEqualTo(new RegistryConfig("", 0, Map.of()));
    assertThat(config.flink()).isEqualTo(new FlinkConfig("", 1));
    assertThat(config.objects()).isEqualTo(new ObjectsConfig("", Map.of()));
    assertThat(config.catalog())
        .isEqualTo(new CatalogConfig("org.apache.iceberg.jdbc.JdbcCatalog", "", "", Map.of()));
    assertThat(config.ingest())
        .isEqualTo(
            new IngestConfig(
                10L << 30,
                100L << 30,
                1000,
                16L << 20,
                Duration.ofSeconds(1),
                2,
                Duration.ofDays(1),
                Duration.ofDays(1),
                200_000));
    assertThat(config.landing())
        .isEqualTo(
            new LandingConfig(
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                Duration.ofDays(7),
                Duration.ofSeconds(30)));
    assertThat(config.maintain())
        .isEqualTo(
            new MaintainConfig(
                true,
                Duration.ofMinutes(1),
                128L << 20,
                16L << 20,
                50,
                20,
                Duration.ofDays(3),
                Duration.ofDays(1),
                1_000));
    assertThat(config.query())
        .isEqualTo(
            new QueryConfig(
                new EngineConfig(EngineConfig.Kind.DUCKDB, "", "lake", "lakehouse", ""),
                512L << 20,
                2,
                4,
                64,
                Duration.ofMinutes(5),
                10_000,
                8L << 20,
                new CacheConfig(128L << 20, Duration.ofMillis(500)),
                new PolicyConfig("")));
    assertThat(config.topics()).isEmpty();
  }

  @Test
  void everyKeyIsReadFromTheFile() throws Exception {
    Path file = dir.resolve("lakehouse.toml");
    Files.writeString(
        file,
        """
        [server]
        host = "0.0.0.0"
        port = 9000
        [auth]
        enabled = true
        [auth.keys]
        alice = "0123456789abcdef"
        [data]
        dir = "/somewhere"
        min_free = "2GB"
        [kafka]
        bootstrap = "broker:9092"
        port = 1
        partitions = 6
        [kafka.properties]
        "security.protocol" = "SSL"
        [registry]
        url = "http://registry:8081/"
        port = 2
        [registry.headers]
        Authorization = "Basic x"
        [flink]
        url = "http://flink:8081"
        parallelism = 3
        [objects]
        uri = "s3://bucket/prefix"
        [objects.properties]
        "s3.endpoint" = "http://localhost:1"
        [catalog]
        implementation = "a.B"
        uri = "jdbc:postgresql://db/x"
        warehouse = "s3://bucket/warehouse"
        [catalog.properties]
        "jdbc.user" = "u"
        [ingest]
        max_upload = "1GB"
        max_unpacked = "3GB"
        max_unpacked_ratio = 50
        max_events = "1MB"
        transaction = "500ms"
        readers = 1
        retention_grace = "2h"
        idempotency_retention = "3h"
        idempotency_keys = 7
        [policy]
        directory = "/etc/policies"
        [ocr]
        command = "/opt/tesseract"
        languages = "deu+eng"
        timeout = "5s"
        processes = 3
        [landing]
        first_row_delay = "5ms"
        commit_interval = "2s"
        discovery = "3s"
        checkpoints = "1m"
        snapshot_retention = "2h"
        tag_retention = "3d"
        stalled_after = "10s"
        [maintain]
        automatic = false
        interval = "10s"
        target_file = "64MB"
        small_file = "8MB"
        small_files = 10
        delete_files = 2
        orphan_age = "5d"
        receipt_retention = "2d"
        receipts = 3
        [query]
        memory = "1GB"
        threads = 4
        concurrent = 8
        waiting = 9
        timeout = "10s"
        max_rows = 5
        max_cell = "1MB"
        cache_bytes = "300MB"
        cache_interval = "50ms"
        engine = "trino"
        [query.trino]
        url = "https://trino:8443/"
        catalog = "ice"
        user = "me"
        password = "p"
        [derived]
        concurrent = 3
        pause = "1s"
        timeout = "2h"
        landing_timeout = "1m"
        [topics]
        "orders.v1" = "orders"
        """);
    LakehouseConfig config = LakehouseConfig.load(file, Map.of(), Map.of());
    assertThat(config)
        .isEqualTo(
            new LakehouseConfig(
                new ServerConfig("0.0.0.0", 9000),
                new AuthConfig(true, Map.of("alice", "0123456789abcdef")),
                new DataConfig("/somewhere", 2L << 30),
                new KafkaConfig("broker:9092", 1, 6, Map.of("security.protocol", "SSL")),
                new RegistryConfig("http://registry:8081", 2, Map.of("Authorization", "Basic x")),
                new FlinkConfig("http://flink:8081", 3),
                new ObjectsConfig(
                    "s3://bucket/prefix", Map.of("s3.endpoint", "http://localhost:1")),
                new CatalogConfig(
                    "a.B",
                    "jdbc:postgresql://db/x",
                    "s3://bucket/warehouse",
                    Map.of("jdbc.user", "u")),
                new IngestConfig(
                    1L << 30,
                    3L << 30,
                    50,
                    1L << 20,
                    Duration.ofMillis(500),
                    1,
                    Duration.ofHours(2),
                    Duration.ofHours(3),
                    7),
                new OcrConfig("/opt/tesseract", "deu+eng", Duration.ofSeconds(5), 3),
                new LandingConfig(
                    Duration.ofMillis(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofMinutes(1),
                    Duration.ofHours(2),
                    Duration.ofDays(3),
                    Duration.ofSeconds(10)),
                new MaintainConfig(
                    false,
                    Duration.ofSeconds(10),
                    64L << 20,
                    8L << 20,
                    10,
                    2,
                    Duration.ofDays(5),
                    Duration.ofDays(2),
                    3),
                new QueryConfig(
                    new EngineConfig(
                        EngineConfig.Kind.TRINO,
                        "jdbc:trino://trino:8443?SSL=true",
                        "ice",
                        "me",
                        "p"),
                    1L << 30,
                    4,
                    8,
                    9,
                    Duration.ofSeconds(10),
                    5,
                    1L << 20,
                    new CacheConfig(300L << 20, Duration.ofMillis(50)),
                    new PolicyConfig("/etc/policies")),
                new DerivedConfig(
                    3, Duration.ofSeconds(1), Duration.ofHours(2), Duration.ofMinutes(1)),
                Map.of("orders.v1", "orders")));
    assertThat(config.toString()).doesNotContain("0123456789abcdef");
  }

  @Test
  void theEnvironmentIsOverTheFileAndTheCommandLineOverBoth() throws Exception {
    Path file = dir.resolve("lakehouse.toml");
    Files.writeString(file, "[server]\nport = 1\n[query]\nthreads = 3\n");
    LakehouseConfig config =
        LakehouseConfig.load(
            file,
            Map.of(
                "LAKEHOUSE_QUERY_THREADS", "7", "LAKEHOUSE_URL", "http://elsewhere", "HOME", "x"),
            Map.of("server.port", "2"));
    assertThat(config.server().port()).isEqualTo(2);
    assertThat(config.query().threads()).isEqualTo(7);
  }

  @Test
  void allMistakesAreNamedTogether() throws Exception {
    Path file = dir.resolve("lakehouse.toml");
    Files.writeString(
        file, "[server]\nprot = 8080\nhost = \"0.0.0.0\"\n[query]\nmemory = \"lots\"\n");
    assertThatThrownBy(
            () -> LakehouseConfig.load(file, Map.of("LAKEHOUSE_KAFKA_PORT", "x"), Map.of()))
        .satisfies(
            thrown ->
                assertThat(((ConfigException) thrown).mistakes())
                    .extracting(ConfigException.Mistake::key)
                    .containsExactlyInAnyOrder(
                        "server.prot", "server.host", "query.memory", "LAKEHOUSE_KAFKA_PORT"))
        .hasMessageContaining("has 4 mistakes")
        .hasMessageContaining("did you mean server.port?")
        .hasMessageContaining("auth.enabled = true")
        .hasMessageContaining("'lots' is not a size such as 512MB");
  }

  @Test
  void halfOfTheEnginesMemoryIsLeftToQueries() {
    assertThat(LakehouseConfig.of(Map.of("query.memory", "64MB")).query().cache().bytes())
        .isEqualTo(16L << 20);
    assertThatThrownBy(
            () -> LakehouseConfig.of(Map.of("query.memory", "64MB", "query.cache_bytes", "33MB")))
        .hasMessageContaining("query.cache_bytes: is more than half of query.memory");
  }

  @Test
  void keysThatOpenNothingOrAreTooShortAreMistakes() {
    assertThat(LakehouseConfig.of(Map.of("auth.enabled", "true")).auth().keys()).isEmpty();
    assertThatThrownBy(() -> LakehouseConfig.of(Map.of("server.tls.certificate", "a.pem")))
        .hasMessageContaining("server.tls.key: is missing");
    LimitsConfig limits =
        LakehouseConfig.of(
                Map.of(
                    "limits.requests_per_second", "20",
                    "limits.upload", "1MB",
                    "limits.principals.bob@example.com.concurrent_queries", "2"))
            .server()
            .limits();
    assertThat(limits.of("ann")).isEqualTo(new Quota(20, 0, 0, 1 << 20, 0));
    assertThat(limits.of("bob@example.com")).isEqualTo(new Quota(20, 2, 0, 1 << 20, 0));
    assertThatThrownBy(() -> LakehouseConfig.of(Map.of("limits.principals.bob.speed", "1")))
        .hasMessageContaining("limits.principals.bob.speed: is no limit");
    assertThatThrownBy(() -> LakehouseConfig.of(Map.of("auth.keys.bob", "short")))
        .hasMessageContaining("auth.keys.bob")
        .hasMessageNotContaining("'short'");
  }

  @Test
  void aFileThatIsNoTomlIsNamedWithItsLine() throws Exception {
    Path file = dir.resolve("lakehouse.toml");
    Files.writeString(file, "[server]\nport = = 1\n");
    assertThatThrownBy(() -> LakehouseConfig.load(file, Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> LakehouseConfig.load(dir.resolve("none.toml"), Map.of(), Map.of()))
        .hasMessageContaining("no such file");
  }
}
