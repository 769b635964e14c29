package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.util.Locale;

/**
 * {@code query.engine} and {@code [query.trino]}: what computes the answers of queries.
 *
 * @param kind which engine
 * @param url Trino's JDBC address; empty for DuckDB
 * @param catalog what Trino calls the catalog that it reads through {@code /iceberg}
 * @param user as whom Trino is asked
 * @param password of that user; empty for none
 */
public record EngineConfig(Kind kind, String url, String catalog, String user, String password)
    implements Serializable {
  private static final String JDBC = "jdbc:trino://";

  /** The engines that there are. */
  public enum Kind {
    /** In this process. */
    DUCKDB,
    /** A Trino cluster. */
    TRINO
  }

  static EngineConfig from(Settings settings) {
    String name = settings.text("query.engine", "duckdb").toUpperCase(Locale.ROOT);
    Kind kind = name.equals("TRINO") ? Kind.TRINO : Kind.DUCKDB;
    if (kind == Kind.DUCKDB && !name.equals("DUCKDB")) {
      settings.mistake("query.engine", "is neither duckdb nor trino");
    }
    String url = jdbc(settings.text("query.trino.url", ""));
    if (kind == Kind.TRINO && url.isEmpty()) {
      settings.mistake(
          "query.trino.url", "is missing; query.engine is trino (such as http://localhost:8081)");
    }
    return new EngineConfig(
        kind,
        url,
        settings.text("query.trino.catalog", "lake"),
        settings.text("query.trino.user", "lakehouse"),
        settings.text("query.trino.password", ""));
  }

  /** {@code host}, {@code http://host:8081} or a JDBC address, as the last. */
  private static String jdbc(String address) {
    String bare = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    if (bare.isEmpty() || bare.startsWith(JDBC)) {
      return bare;
    }
    if (bare.startsWith("https://")) {
      return JDBC + bare.substring("https://".length()) + "?SSL=true";
    }
    return JDBC + (bare.startsWith("http://") ? bare.substring("http://".length()) : bare);
  }
}
