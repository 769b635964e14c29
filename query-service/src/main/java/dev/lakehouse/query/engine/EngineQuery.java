package dev.lakehouse.query.engine;

import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.table.TableSnapshot;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query and what it reads.
 *
 * @param tables one snapshot for each table of the statement, in its order
 * @param limit most rows that are asked for
 * @param parameters a value for each {@code ?}: text, number, boolean or null
 * @param zone in which moments without a zone are understood, and clocks read
 */
public record EngineQuery(
    GuardedQuery statement,
    List<TableSnapshot> tables,
    List<@Nullable Object> parameters,
    long limit,
    ZoneId zone) {}
