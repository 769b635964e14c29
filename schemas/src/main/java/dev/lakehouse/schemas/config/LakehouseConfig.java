package dev.lakehouse.schemas.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.lakehouse.schemas.config.ConfigException.Mistake;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The whole configuration.
 *
 * @param topics existing Kafka topics that are datasets under another name, from {@code [topics]}:
 *     topic → dataset
 */
public record LakehouseConfig(
    ServerConfig server,
    AuthConfig auth,
    DataConfig data,
    KafkaConfig kafka,
    RegistryConfig registry,
    FlinkConfig flink,
    ObjectsConfig objects,
    CatalogConfig catalog,
    IngestConfig ingest,
    OcrConfig ocr,
    LandingConfig landing,
    MaintainConfig maintain,
    QueryConfig query,
    DerivedConfig derived,
    Map<String, String> topics)
    implements Serializable {

  /** Variables of the {@code lakehouse} script; they are not settings. */
  private static final Set<String> RESERVED =
      Set.of(
          "LAKEHOUSE_JAVA",
          "LAKEHOUSE_JAVA_OPTS",
          "LAKEHOUSE_URL",
          "LAKEHOUSE_API_KEY",
          "LAKEHOUSE_CA");

  /** Everything at its default. */
  public static LakehouseConfig defaults() {
    return of(Map.of());
  }

  /** Defaults but for the given settings, by dotted key. */
  public static LakehouseConfig of(Map<String, String> settings) {
    Settings read = new Settings();
    settings.forEach(read::put);
    return read(read, "settings");
  }

  /**
   * Reads a TOML file, then the environment over it, then the overrides over both.
   *
   * @throws ConfigException naming every mistake at once
   */
  public static LakehouseConfig load(
      Path file, Map<String, String> environment, Map<String, String> overrides) {
    Settings settings = new Settings();
    try {
      settings.putAll(new TomlMapper().readTree(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new ConfigException(file.toString(), List.of(new Mistake("--config", "no such file")));
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          file.toString(),
          List.of(
              new Mistake(
                  "line " + e.getLocation().getLineNr(),
                  "is not TOML: " + e.getOriginalMessage())));
    } catch (IOException e) {
      throw new ConfigException(
          file.toString(), List.of(new Mistake("--config", "cannot be read: " + e.getMessage())));
    }
    settings.putEnvironment(environment);
    overrides.forEach(settings::put);
    return read(settings, file.toString());
  }

  /** Like {@link #load}, without a file. */
  public static LakehouseConfig load(
      Map<String, String> environment, Map<String, String> overrides) {
    Settings settings = new Settings();
    settings.putEnvironment(environment);
    overrides.forEach(settings::put);
    return read(settings, "environment and command line");
  }

  private static LakehouseConfig read(Settings settings, String source) {
    LakehouseConfig config =
        new LakehouseConfig(
            ServerConfig.from(settings),
            AuthConfig.from(settings),
            DataConfig.from(settings),
            KafkaConfig.from(settings),
            RegistryConfig.from(settings),
            FlinkConfig.from(settings),
            ObjectsConfig.from(settings),
            CatalogConfig.from(settings),
            IngestConfig.from(settings),
            OcrConfig.from(settings),
            LandingConfig.from(settings),
            MaintainConfig.from(settings),
            QueryConfig.from(settings),
            DerivedConfig.from(settings),
            settings.map("topics"));
    config.topics.forEach(
        (topic, dataset) -> {
          if (!DatasetName.isLegal(dataset)) {
            settings.mistake("topics." + topic, "'" + dataset + "' is not a dataset name");
          }
        });
    if (!config.auth.enabled() && !isLoopback(config.server.host())) {
      settings.mistake(
          "server.host",
          "'"
              + config.server.host()
              + "' is reachable from outside; set auth.enabled = true or listen on 127.0.0.1");
    }
    settings.finish(source, RESERVED);
    return config;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  public LakehouseConfig with(ServerConfig changed) {
    return new LakehouseConfig(
        changed, auth, data, kafka, registry, flink, objects, catalog, ingest, ocr, landing,
        maintain, query, derived, topics);
  }

  public LakehouseConfig with(KafkaConfig changed) {
    return new LakehouseConfig(
        server, auth, data, changed, registry, flink, objects, catalog, ingest, ocr, landing,
        maintain, query, derived, topics);
  }

  public LakehouseConfig with(RegistryConfig changed) {
    return new LakehouseConfig(
        server, auth, data, kafka, changed, flink, objects, catalog, ingest, ocr, landing, maintain,
        query, derived, topics);
  }

  public LakehouseConfig with(ObjectsConfig changed) {
    return new LakehouseConfig(
        server, auth, data, kafka, registry, flink, changed, catalog, ingest, ocr, landing,
        maintain, query, derived, topics);
  }

  public LakehouseConfig with(CatalogConfig changed) {
    return new LakehouseConfig(
        server, auth, data, kafka, registry, flink, objects, changed, ingest, ocr, landing,
        maintain, query, derived, topics);
  }
}
