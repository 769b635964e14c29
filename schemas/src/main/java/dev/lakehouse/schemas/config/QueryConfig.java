package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * {@code [query]}: which engine answers, and how much it may use.
 *
 * @param engine which one, and where it is
 * @param memoryBytes memory of DuckDB, off the Java heap
 * @param threads threads of DuckDB
 * @param concurrent queries that run at once; others wait
 * @param waiting queries that may wait; others are refused with 503
 * @param timeout longest a query may take
 * @param maxRows rows of an answer when the request does not limit them
 * @param maxCellBytes largest value of an answer
 * @param cache what is kept in memory between queries
 * @param policy who may see what, from {@code [policy]}
 */
public record QueryConfig(
    EngineConfig engine,
    long memoryBytes,
    int threads,
    int concurrent,
    int waiting,
    Duration timeout,
    int maxRows,
    long maxCellBytes,
    CacheConfig cache,
    PolicyConfig policy)
    implements Serializable {
  static QueryConfig from(Settings settings) {
    long memory = settings.bytes("query.memory", 512L << 20);
    return new QueryConfig(
        EngineConfig.from(settings),
        memory,
        settings.count("query.threads", 2, 1, 1024),
        settings.count("query.concurrent", 4, 1, 1000),
        settings.count("query.waiting", 64, 0, 100_000),
        settings.duration("query.timeout", Duration.ofMinutes(5)),
        settings.count("query.max_rows", 10_000, 1, 100_000_000),
        settings.bytes("query.max_cell", 8L << 20),
        CacheConfig.from(settings, memory),
        PolicyConfig.from(settings));
  }
}
