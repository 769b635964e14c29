package dev.lakehouse.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.AuditRecord;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code GET /query/audit}. */
public final class AuditRoutes implements Routes {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private final AuditTail tail;

  public AuditRoutes(AuditTail tail) {
    this.tail = tail;
  }

  /** A record as it is answered. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Shown(
      String id,
      String phase,
      Instant at,
      String principal,
      String source,
      String requestId,
      String action,
      List<String> tables,
      List<String> columns,
      @Nullable String sql,
      @Nullable String policyVersion,
      @JsonRawValue @Nullable String receipt,
      @Nullable String detail,
      int status,
      @Nullable String code,
      long rows,
      long tookMs) {
    static Shown of(AuditRecord record) {
      return new Shown(
          record.getId(),
          record.getPhase().name().toLowerCase(Locale.ROOT),
          record.getAt(),
          record.getPrincipal(),
          record.getSource(),
          record.getRequestId(),
          record.getAction(),
          record.getTables(),
          record.getColumns(),
          record.getSql(),
          record.getPolicyVersion(),
          record.getReceipt(),
          record.getDetail(),
          record.getStatus(),
          record.getCode(),
          record.getRows(),
          record.getTookMs());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Page(List<Shown> records, @Nullable String nextCursor) {}

  @Override
  public void mount(RoutesConfig routes) {
    routes.get(
        "/query/audit",
        this::list,
        Door.known("one's own records; others with `manage` on all datasets"));
  }

  private void list(Context context) {
    String self = Caller.of(context).principal();
    boolean all = Permit.of(context).hasAll(Grant.MANAGE);
    String asked = context.queryParam("principal");
    Predicate<AuditRecord> shown =
        record ->
            (all || record.getPrincipal().equals(self))
                && (asked == null || record.getPrincipal().equals(asked));
    int limit = (int) number(context, "limit", USUAL, MOST);
    long before = number(context, "cursor", Long.MAX_VALUE, Long.MAX_VALUE);
    List<AuditTail.Entry> page = tail.page(before, shown, limit);
    context.json(
        new Page(
            page.stream().map(entry -> Shown.of(entry.record())).toList(),
            page.size() < limit ? null : Long.toString(page.get(limit - 1).offset())));
  }

  private static long number(Context context, String parameter, long usual, long most) {
    String text = context.queryParam(parameter);
    if (text == null) {
      return usual;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw Problem.of(
            400,
            "bad_request",
            "The request is not right",
            parameter + " is no number from 1 to " + most)
        .with("member", parameter)
        .toException();
  }
}
