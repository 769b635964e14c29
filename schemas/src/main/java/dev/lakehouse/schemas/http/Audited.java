package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.event.AuditPhase;
import dev.lakehouse.schemas.event.AuditRecord;
import dev.lakehouse.schemas.registry.AvroSerde;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one request: admitted at most once, before anything of its answer goes out, and
 * finished once it has. Belongs to the request's thread.
 */
public final class Audited {
  static final String ATTRIBUTE = "lakehouse.audited";

  static {
    AvroSerde.trustOurs();
  }

  private final Trail trail;
  private final Clock clock;
  private final AuditRecord.Builder about;
  private final long startedNanos = System.nanoTime();
  private final TreeSet<String> tables = new TreeSet<>();
  private boolean wanted;
  private boolean keepsFailures;
  private boolean admitted;
  private boolean over;
  private long rows;

  Audited(Trail trail, Clock clock, Context context, String requestId) {
    this.trail = trail;
    this.clock = clock;
    this.about =
        AuditRecord.newBuilder()
            .setId(UUID.randomUUID().toString())
            .setPhase(AuditPhase.ADMITTED)
            .setAt(clock.instant())
            .setPrincipal("anonymous")
            .setSource(String.valueOf(context.req().getRemoteAddr()))
            .setRequestId(requestId)
            .setAction(context.method().name())
            .setTables(List.of());
  }

  /** The audit of a request that came through {@link LakehouseServer}. */
  public static Audited of(Context context) {
    Audited audited = context.attribute(ATTRIBUTE);
    if (audited == null) {
      throw new IllegalStateException("the request did not come through LakehouseServer");
    }
    return audited;
  }

  void by(String principal) {
    about.setPrincipal(principal);
  }

  void route(String template, String path) {
    about.setAction(about.getAction() + " " + template);
    if (!template.equals(path)) {
      about.setDetail(path);
    }
  }

  /** From now on the request is admitted as soon as {@link Permit} has granted it something. */
  public void want() {
    wanted = true;
  }

  /** Whatever becomes of the request is kept, also if it never is admitted. */
  public void keepFailures() {
    keepsFailures = true;
  }

  /** The caller has what it needs on a dataset; nothing of it is answered before that is kept. */
  void granted(@Nullable String dataset) {
    if (dataset != null) {
      tables.add(dataset);
    }
    if (wanted) {
      admit(UnaryOperator.identity());
    }
  }

  /**
   * Admits the request, unless it is already.
   *
   * @param details what is known of it by now
   * @throws ProblemException 503 {@code audit_unavailable}; then nothing may be answered
   */
  public void admit(UnaryOperator<AuditRecord.Builder> details) {
    describe(details);
    if (!admitted) {
      trail.admit(record(AuditPhase.ADMITTED));
      admitted = true;
    }
  }

  /** Says more of what will be kept last. */
  public void describe(UnaryOperator<AuditRecord.Builder> details) {
    var unused = details.apply(about);
  }

  /** How many rows were read or written. */
  public void rows(long count) {
    rows = count;
  }

  /**
   * The answer is over.
   *
   * @param refused whether it was a refusal
   * @param code of the problem it was answered with; null if with none
   */
  void end(int status, boolean refused, @Nullable String code) {
    if (over || !(admitted || refused || wanted || keepsFailures)) {
      return;
    }
    over = true;
    long took = (System.nanoTime() - startedNanos) / 1_000_000;
    about.setStatus(status).setCode(code).setRows(rows).setTookMs(took);
    AuditPhase other = status < 400 ? AuditPhase.NOTED : AuditPhase.REFUSED;
    trail.tell(record(admitted ? AuditPhase.FINISHED : other));
  }

  private AuditRecord record(AuditPhase phase) {
    List<String> named = new ArrayList<>(about.getTables());
    tables.stream().filter(table -> !named.contains(table)).forEach(named::add);
    return AuditRecord.newBuilder(about)
        .setPhase(phase)
        .setAt(clock.instant())
        .setTables(named)
        .build();
  }
}
