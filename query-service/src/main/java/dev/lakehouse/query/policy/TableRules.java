package dev.lakehouse.query.policy;

import dev.lakehouse.schemas.access.Grant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that policies say of one dataset to one principal. */
final class TableRules {
  private final Principal principal;
  private final List<Close> rules;
  private final Set<Grant> grants = EnumSet.noneOf(Grant.class);

  /** A rule and how closely it is about the dataset. */
  private record Close(Rule rule, int closeness) {}

  /**
   * An effect and why.
   *
   * @param because in words, for whoever explains policies
   */
  record Decision(Effect effect, String because) {}

  /** What is said of something, and how closely it is said. */
  private record Said(Effect effect, int names, int dataset, String because) {
    static final Comparator<Said> CLOSEST =
        Comparator.comparingInt(Said::names).thenComparingInt(Said::dataset);
  }

  TableRules(Principal principal, List<Rule> all, String dataset) {
    this.principal = principal;
    this.rules =
        all.stream()
            .map(rule -> new Close(rule, rule.closeness(dataset)))
            .filter(close -> close.closeness() >= 0)
            .toList();
    rules.forEach(close -> grants.addAll(close.rule().grants()));
  }

  Principal principal() {
    return principal;
  }

  Set<Grant> grants() {
    return grants;
  }

  /**
   * Whether the grant opens a door. What came in goes out as it came only where no row and no
   * column is kept back.
   */
  boolean allows(Grant grant) {
    return grants.contains(grant)
        && (grant != Grant.RAW || rules.stream().noneMatch(close -> close.rule().keepsBack()));
  }

  /** The conditions on rows; a row that is seen fulfils all of them. */
  List<Rule.Filter> filters() {
    return rules.stream()
        .filter(close -> close.rule().grants().contains(Grant.READ))
        .map(close -> close.rule().filter())
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * What is seen of a column.
   *
   * @param names that it has or had, in lower case: what is said of any of them counts
   */
  Decision column(Set<String> names, Standing standing) {
    Decision strictest = null;
    for (String name : names) {
      Decision one = column(name, standing);
      strictest =
          strictest == null || Effect.stricter(strictest.effect(), one.effect()) == one.effect()
              ? one
              : strictest;
    }
    return Objects.requireNonNull(strictest);
  }

  private Decision column(String name, Standing standing) {
    Decision exact = closest(name, true);
    boolean raw = grants.contains(Grant.RAW);
    if (exact != null) {
      return raw && exact.effect() instanceof Effect.Masked ? rawly() : exact;
    }
    Decision pattern = closest(name, false);
    if (raw) {
      return pattern != null && pattern.effect() instanceof Effect.Deny ? pattern : rawly();
    }
    if (standing.isClean()) {
      return pattern == null
          ? new Decision(new Effect.Allow(), "may be read, and is clean")
          : pattern;
    }
    if (!standing.kinds().isEmpty()) {
      Decision kind = kind(standing);
      if (kind != null) {
        return pattern != null && Effect.stricter(kind.effect(), pattern.effect()) != kind.effect()
            ? pattern
            : kind;
      }
    }
    Decision unsaid = new Decision(Effect.nothing(), reason(standing));
    return pattern != null && pattern.effect() instanceof Effect.Deny ? pattern : unsaid;
  }

  /** What is seen of a metadata column: where rows are hidden it would tell of their number. */
  Decision metadata(String name) {
    Decision exact = closest(name, true);
    if (exact != null) {
      return exact;
    }
    return filters().isEmpty()
        ? new Decision(new Effect.Allow(), "is of the lakehouse's own")
        : new Decision(new Effect.Deny(), "would tell of rows that are not seen");
  }

  private static Decision rawly() {
    return new Decision(new Effect.Allow(), "may be read raw");
  }

  private static String reason(Standing standing) {
    if (standing.kinds().isEmpty()) {
      return "is not classified up to its last row";
    }
    return "holds "
        + standing.kinds().get(0)
        + (standing.certain() ? "" : " and is not classified up to its last row");
  }

  /** What is said of what was found; null if nothing is. */
  private @Nullable Decision kind(Standing standing) {
    Decision strongest = kind(standing.kinds().get(0));
    if (strongest == null || !(strongest.effect() instanceof Effect.Allow)) {
      return strongest;
    }
    if (!standing.certain()) {
      return new Decision(Effect.nothing(), reason(standing));
    }
    for (String other : standing.kinds()) {
      Decision also = kind(other);
      if (also == null) {
        return new Decision(Effect.nothing(), "may hold " + other);
      }
      if (!(also.effect() instanceof Effect.Allow)) {
        return also;
      }
    }
    return strongest;
  }

  private @Nullable Decision kind(String kind) {
    List<Said> said = new ArrayList<>();
    for (Close close : rules) {
      Effect own = close.rule().kinds().get(kind);
      Effect any = close.rule().kinds().get("*");
      String because = "holds " + kind + ", of which role " + close.rule().role() + " says so";
      if (own != null) {
        said.add(new Said(own, 1, close.closeness(), because));
      } else if (any != null) {
        said.add(new Said(any, 0, close.closeness(), because));
      }
    }
    return closest(said);
  }

  /** What is said of the name, by exactly this name or by a pattern; null if nothing is. */
  private @Nullable Decision closest(String name, boolean exactly) {
    List<Said> said = new ArrayList<>();
    for (Close close : rules) {
      for (Rule.Entry entry : close.rule().columns()) {
        if (entry.names().isExact() == exactly && entry.names().matches(name)) {
          said.add(
              new Said(
                  entry.effect(),
                  entry.names().closeness(),
                  close.closeness(),
                  "role " + close.rule().role() + " says so of " + entry.names()));
        }
      }
    }
    return closest(said);
  }

  /** Of what is said most closely the strictest. */
  private static @Nullable Decision closest(List<Said> said) {
    Said most = null;
    for (Said each : said) {
      int order = most == null ? 1 : Said.CLOSEST.compare(each, most);
      boolean stricter =
          most != null && order == 0 && Effect.stricter(most.effect, each.effect) == each.effect;
      if (order > 0 || stricter) {
        most = each;
      }
    }
    return most == null ? null : new Decision(most.effect(), most.because());
  }
}
