package dev.lakehouse.query.policy;

import dev.lakehouse.schemas.access.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All policies of one moment. Never changes; safe for use by many threads. */
public final class PolicySet {
  /** Of principals and datasets that were asked for last, a little of what is said is kept. */
  private static final int MOST_KEPT = 10_000;

  private final Map<String, Principal> principals;
  private final Map<String, List<Rule>> roles;
  private final List<Example> examples;
  private final String hash;
  private final Map<Pair, TableRules> kept = new ConcurrentHashMap<>();

  private record Pair(String principal, String dataset) {}

  /**
   * @param hash of the files' contents
   */
  PolicySet(
      Map<String, Principal> principals,
      Map<String, List<Rule>> roles,
      List<Example> examples,
      String hash) {
    this.principals = Map.copyOf(principals);
    this.roles = Map.copyOf(roles);
    this.examples = List.copyOf(examples);
    this.hash = hash;
  }

  /** Allows nothing. */
  static PolicySet none() {
    return new PolicySet(Map.of(), Map.of(), List.of(), "none");
  }

  /** What says that the files are the same. */
  public String hash() {
    return hash;
  }

  /** How many principals are named. */
  public int principals() {
    return principals.size();
  }

  /** How many roles there are. */
  public int roles() {
    return roles.size();
  }

  /** How many examples hold. */
  public int examples() {
    return examples.size();
  }

  private List<Rule> rulesOf(Principal principal) {
    List<Rule> rules = new ArrayList<>();
    for (String role : principal.roles()) {
      rules.addAll(roles.getOrDefault(role, List.of()));
    }
    return rules;
  }

  private Principal principal(String name) {
    return principals.getOrDefault(name, Principal.unknown(name));
  }

  /** What is said of a dataset to a principal. */
  TableRules rules(String principal, String dataset) {
    Pair pair = new Pair(principal, dataset);
    TableRules known = kept.get(pair);
    if (known != null) {
      return known;
    }
    Principal who = principal(principal);
    TableRules rules = new TableRules(who, rulesOf(who), dataset);
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(pair, rules);
    return rules;
  }

  /** Whether the principal has the grant on every dataset. */
  boolean allowsAll(String principal, Grant grant) {
    List<Rule> rules = rulesOf(principal(principal));
    return rules.stream().anyMatch(rule -> rule.isAboutAll() && rule.grants().contains(grant))
        && (grant != Grant.RAW || rules.stream().noneMatch(Rule::keepsBack));
  }

  /** The examples that do not hold. */
  List<Mistake> failures() {
    List<Mistake> failures = new ArrayList<>();
    for (Example example : examples) {
      String is = answer(example);
      boolean holds =
          is.equals(example.expected())
              || (example.expected().equals("masked") && !Set.of("allowed", "denied").contains(is));
      if (!holds) {
        failures.add(
            new Mistake(
                example.place(),
                "the example does not hold: it is "
                    + is
                    + ", not "
                    + example.expected()
                    + "; mend the policy or the example"));
      }
    }
    return failures;
  }

  private String answer(Example example) {
    TableRules rules = rules(example.as(), example.dataset());
    String column = example.asked().column();
    Grant grant = example.asked().grant();
    if (grant != null) {
      return rules.allows(grant) ? "allowed" : "denied";
    }
    if (!rules.grants().contains(Grant.READ)) {
      return "denied";
    }
    if (column == null) {
      return rules.filters().isEmpty() ? "unfiltered" : "filtered";
    }
    return rules
        .column(Set.of(column.toLowerCase(Locale.ROOT)), Standing.named(example.kind()))
        .effect()
        .word();
  }
}
