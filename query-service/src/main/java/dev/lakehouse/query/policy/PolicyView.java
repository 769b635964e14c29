package dev.lakehouse.query.policy;

import dev.lakehouse.query.catalog.Findings;
import dev.lakehouse.query.catalog.Found;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.policy.TableRules.Decision;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one principal sees. */
final class PolicyView implements View {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyView.class);

  private final Policies.State policies;
  private final String principal;
  private final LakeTables tables;
  private final Findings findings;
  private final Masks masks;

  PolicyView(
      Policies.State policies,
      String principal,
      LakeTables tables,
      Findings findings,
      Masks masks) {
    this.policies = policies;
    this.principal = principal;
    this.tables = tables;
    this.findings = findings;
    this.masks = masks;
  }

  /** A column and what is decided of it. */
  record Ruling(NestedField column, Decision decision) {}

  @Override
  public boolean reads(DatasetName dataset) {
    return rules(dataset).grants().contains(Grant.READ);
  }

  @Override
  public String version() {
    return policies.version();
  }

  TableRules rules(DatasetName dataset) {
    return policies.set().rules(principal, dataset.value());
  }

  @Override
  public Seen seen(TableSnapshot table, ZoneId zone) {
    TableRules rules = rules(table.dataset());
    if (!rules.grants().contains(Grant.READ)) {
      throw new IllegalStateException("what is not read is not seen");
    }
    List<Seen.Item> items = new ArrayList<>();
    boolean whole = rules.filters().isEmpty();
    boolean any = false;
    Table now = now(table);
    Schema columns = now == null ? table.schema() : now.schema();
    for (Ruling ruling : rulings(table, now)) {
      Effect effect = ruling.decision().effect();
      if (effect instanceof Effect.Masked masked) {
        items.add(masks.masked(ruling.column(), masked.mask()));
      } else if (effect instanceof Effect.Allow) {
        items.add(Masks.plain(ruling.column()));
      }
      whole &= effect instanceof Effect.Allow;
      any |= !(effect instanceof Effect.Deny) && !MetadataColumns.contains(ruling.column().name());
    }
    if (whole) {
      return Seen.WHOLE;
    }
    if (!any) {
      throw unfit(table.dataset(), "no column of it is seen");
    }
    return new Seen.Part(List.copyOf(items), rows(rules, table, columns, zone));
  }

  /** What is decided of each column of a state of a table, in its order. */
  List<Ruling> rulings(TableSnapshot table) {
    return rulings(table, now(table));
  }

  private List<Ruling> rulings(TableSnapshot table, @Nullable Table now) {
    TableRules rules = rules(table.dataset());
    String topicId = now == null ? "" : LandedState.of(now).map(LandedState::topicId).orElse("");
    List<Ruling> rulings = new ArrayList<>();
    for (NestedField column : table.schema().columns()) {
      Decision decision =
          MetadataColumns.contains(column.name())
              ? rules.metadata(column.name())
              : rules.column(
                  names(column, now == null ? null : now.schema()),
                  Standing.of(Found.of(column, topicId, table.offsets(), findings)));
      rulings.add(new Ruling(column, decision));
    }
    return rulings;
  }

  /** What a decision comes to on the column's type. */
  String carriedOut(Ruling ruling) {
    return ruling.decision().effect() instanceof Effect.Masked masked
        ? String.valueOf(masks.masked(ruling.column(), masked.mask()).mask())
        : ruling.decision().effect().word();
  }

  /** The table of which this is a state; null if it is gone, or another has its name. */
  private @Nullable Table now(TableSnapshot table) {
    return tables
        .table(table.dataset())
        .filter(now -> now.uuid().toString().equals(table.incarnation()))
        .orElse(null);
  }

  /** Also what a column of the past is called by now: policies go with the column. */
  private static Set<String> names(NestedField column, @Nullable Schema now) {
    Set<String> names = new LinkedHashSet<>();
    names.add(lower(column.name()));
    String renamed = now == null ? null : now.findColumnName(column.fieldId());
    if (renamed != null) {
      names.add(lower(renamed));
    }
    return names;
  }

  private static @Nullable SqlNode rows(
      TableRules rules, TableSnapshot table, Schema now, ZoneId zone) {
    SqlNode all = null;
    for (Rule.Filter filter : rules.filters()) {
      SqlNode rows =
          filter
              .condition()
              .bound(
                  attribute -> rules.principal().attributes().getOrDefault(attribute, List.of()),
                  name -> own(name, now, table, zone));
      if (filter.condition().readsClock()) {
        checkZone(zone);
      }
      all = all == null ? rows : SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, all, rows);
    }
    return all;
  }

  /** What this state of the table calls a column that has a name by now. */
  private static String own(String name, Schema now, TableSnapshot table, ZoneId zone) {
    NestedField known = top(name, now);
    NestedField own = known == null ? null : table.schema().findField(known.fieldId());
    if (own == null) {
      throw unfit(table.dataset(), "its row filter names '" + name + "', which it does not have");
    }
    if (Masks.isMoment(own.type())) {
      checkZone(zone);
    }
    return own.name();
  }

  private static @Nullable NestedField top(String name, Schema schema) {
    return schema.columns().stream()
        .filter(column -> lower(column.name()).equals(name))
        .findFirst()
        .orElse(null);
  }

  private static void checkZone(ZoneId zone) {
    if (!zone.equals(ZoneOffset.UTC)) {
      throw Problem.of(
              400,
              "policy_time_zone",
              "The policy holds in UTC",
              "which rows of a table are seen depends on times, and so would change with timeZone")
          .hint("leave timeZone out, and convert with AT TIME ZONE")
          .toException();
    }
  }

  private static ProblemException unfit(DatasetName dataset, String why) {
    LOG.warn("the policies do not fit {}: {}", dataset, why);
    return Problem.of(
            403,
            "policy_unfit",
            "The policy does not fit the table",
            "what the policies say of '" + dataset + "' cannot be carried out on this state of it")
        .hint("tell who manages the policies; the log says why")
        .with("table", dataset.value())
        .toException();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
