package dev.lakehouse.query.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.query.audit.MaskedSql;
import dev.lakehouse.schemas.http.Audited;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.name.DatasetName;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a query kept in the audit: before its first byte what it reads, after the last what became.
 */
final class QueryAudit {
  private static final ObjectMapper JSON = LakehouseServer.json();

  private final Audited audited;
  private final String sql;
  private boolean admitted;

  private QueryAudit(Audited audited, String sql) {
    this.audited = audited;
    this.sql = sql;
  }

  /** Of a query that nothing is known of yet; should it be refused, that is kept. */
  static QueryAudit of(Context context, String sql) {
    Audited audited = Audited.of(context);
    audited.describe(record -> record.setSql(MaskedSql.of(sql, false)));
    audited.keepFailures();
    return new QueryAudit(audited, sql);
  }

  /**
   * The query is about to be answered.
   *
   * @param columns that it names
   * @throws dev.lakehouse.schemas.http.ProblemException 503 {@code audit_unavailable}
   */
  void admit(Receipt receipt, List<String> columns) {
    admit(
        receipt.tables().stream().map(Receipt.Source::name).distinct().toList(),
        columns,
        receipt.policy(),
        json(receipt));
  }

  /** What policies would have of the query is about to be told. */
  void admit(DryRun said, List<String> columns) {
    admit(
        said.tables().stream().map(DryRun.Table::name).distinct().toList(),
        columns,
        said.policy(),
        null);
  }

  /** A dataset is about to be made; its rows are an answer that is admitted with this. */
  void admitMaking(DatasetName dataset) {
    admit(List.of(dataset.value()), List.of(), null, null);
  }

  private void admit(
      List<String> tables,
      List<String> columns,
      @Nullable String policy,
      @Nullable String receipt) {
    if (!admitted) {
      admitted = true;
      audited.admit(
          record ->
              record
                  .setSql(MaskedSql.of(sql, true))
                  .setTables(tables)
                  .setColumns(columns)
                  .setPolicyVersion(policy)
                  .setReceipt(receipt));
    }
  }

  /**
   * It is over.
   *
   * @param rows that went out
   * @param failed what ended it early, perhaps in the middle of its answer
   */
  void over(long rows, @Nullable Problem failed) {
    audited.rows(rows);
    if (failed != null) {
      audited.describe(record -> record.setDetail("ended by " + failed.code()));
    }
  }

  private static String json(Receipt receipt) {
    try {
      return JSON.writeValueAsString(receipt);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a receipt is always JSON", e);
    }
  }
}
