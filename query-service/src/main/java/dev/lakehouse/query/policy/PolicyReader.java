package dev.lakehouse.query.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.http.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads policies: {@code principals}, {@code roles} and {@code examples} of all files together. */
final class PolicyReader {
  private static final Set<String> MASKS =
      Set.of("null", "constant", "hash", "first", "last", "year", "bucket");
  private static final int MOST_SHOWN = 1000;

  /** What a policy may call a finding. */
  static final Set<String> KINDS =
      Arrays.stream(PersonalKind.values())
          .filter(kind -> kind != PersonalKind.NONE)
          .map(kind -> kind.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private final SqlFront front = new SqlFront();
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Map<String, Principal> principals = new LinkedHashMap<>();
  private final Map<String, List<Rule>> roles = new LinkedHashMap<>();
  private final List<Example> examples = new ArrayList<>();
  private final List<Named> named = new ArrayList<>();

  /** A role that a principal has, and where it says so. */
  private record Named(String role, Node where) {}

  private PolicyReader() {}

  /**
   * Reads and checks policies.
   *
   * @param files contents by name
   * @param hash of them
   * @throws PolicyException with every mistake; also if an example does not hold
   */
  static PolicySet read(Map<String, String> files, String hash) {
    PolicyReader reader = new PolicyReader();
    files.forEach(reader::file);
    reader.checkRoles();
    PolicySet set = new PolicySet(reader.principals, reader.roles, reader.examples, hash);
    if (reader.mistakes.isEmpty()) {
      reader.mistakes.addAll(set.failures());
    }
    if (!reader.mistakes.isEmpty()) {
      throw new PolicyException(reader.mistakes);
    }
    return set;
  }

  private void file(String name, String toml) {
    try {
      Node.Source source = new Node.Source(name, new Lines(toml), mistakes);
      Node root = new Node(new TomlMapper().readTree(toml), "", source);
      Map<String, Node> members = root.members(Set.of("principals", "roles", "examples"));
      if (members.containsKey("principals")) {
        members.get("principals").members().forEach(this::principal);
      }
      if (members.containsKey("roles")) {
        members.get("roles").members().forEach(this::role);
      }
      if (members.containsKey("examples")) {
        members.get("examples").elements().forEach(this::example);
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      mistakes.add(
          new Mistake(new Mistake.Place(name, line), "is not TOML: " + e.getOriginalMessage()));
    } catch (StackOverflowError e) {
      mistakes.add(new Mistake(new Mistake.Place(name, 0), "is nested too deeply"));
    }
  }

  private void principal(String name, Node node) {
    Map<String, Node> members = node.members(Set.of("roles", "attributes"));
    Set<String> has = new HashSet<>();
    if (members.containsKey("roles")) {
      Node list = members.get("roles");
      for (String role : list.texts()) {
        has.add(role);
        named.add(new Named(role, list));
      }
    }
    Map<String, List<Object>> attributes = new LinkedHashMap<>();
    if (members.containsKey("attributes")) {
      members
          .get("attributes")
          .members()
          .forEach((key, value) -> attributes.put(key, value.values()));
    }
    if (principals.put(name, new Principal(name, Set.copyOf(has), Map.copyOf(attributes)))
        != null) {
      node.mistake("stands in two places; put all of it in one");
    }
  }

  private void checkRoles() {
    for (Named each : named) {
      if (!roles.containsKey(each.role())) {
        each.where()
            .mistake("there is no role '" + each.role() + "'; write [[roles." + each.role() + "]]");
      }
    }
  }

  private void role(String name, Node node) {
    List<Rule> rules = roles.computeIfAbsent(name, fresh -> new ArrayList<>());
    if (node.isTable()) {
      node.mistake("is one table; a role is a list of rules: write [[roles." + name + "]]");
      return;
    }
    for (Node each : node.elements()) {
      rules.add(rule(name, each));
    }
  }

  private Rule rule(String role, Node node) {
    Map<String, Node> members =
        node.members(Set.of("datasets", "grants", "columns", "kinds", "filter"));
    List<NamePattern> datasets = new ArrayList<>();
    if (members.containsKey("datasets")) {
      members.get("datasets").texts().forEach(text -> datasets.add(new NamePattern(text)));
    }
    if (datasets.isEmpty()) {
      node.mistake("is about no dataset; write datasets = [\"orders\"], or [\"*\"] for all");
    }
    Set<Grant> grants = EnumSet.noneOf(Grant.class);
    if (members.containsKey("grants")) {
      Node list = members.get("grants");
      for (String word : list.texts()) {
        Grant grant = grant(word);
        if (grant == null) {
          list.mistake("'" + word + "' is no grant; there are read, raw, ingest and manage");
        } else {
          grants.add(grant);
        }
      }
    }
    List<Rule.Entry> columns = new ArrayList<>();
    if (members.containsKey("columns")) {
      members
          .get("columns")
          .members()
          .forEach(
              (name, said) -> columns.add(new Rule.Entry(new NamePattern(name), effect(said))));
    }
    return new Rule(
        role,
        List.copyOf(datasets),
        grants,
        List.copyOf(columns),
        members.containsKey("kinds") ? kinds(members.get("kinds")) : Map.of(),
        members.containsKey("filter") ? filter(members.get("filter"), grants) : null);
  }

  private static @Nullable Grant grant(String word) {
    return Arrays.stream(Grant.values())
        .filter(grant -> grant.word().equals(word))
        .findFirst()
        .orElse(null);
  }

  private Map<String, Effect> kinds(Node node) {
    Map<String, Effect> kinds = new LinkedHashMap<>();
    node.members()
        .forEach(
            (kind, said) -> {
              if (!kind.equals("*") && !KINDS.contains(kind)) {
                said.mistake(
                    "is no kind; there are " + KINDS.stream().sorted().toList() + " and *");
              }
              kinds.put(kind, effect(said));
            });
    return Map.copyOf(kinds);
  }

  private Rule.@Nullable Filter filter(Node node, Set<Grant> grants) {
    String text = node.text();
    if (text == null) {
      return null;
    }
    if (!grants.contains(Grant.READ)) {
      node.mistake("filters what the rule does not let read; add grants = [\"read\"]");
    }
    try {
      return new Rule.Filter(text, front.rowFilter(text));
    } catch (ProblemException e) {
      node.mistake("is no condition: " + e.problem().detail());
      return null;
    }
  }

  /** What is said of a column; that it is not there where that is not understood. */
  private Effect effect(Node node) {
    if (node.isText()) {
      return effect(String.valueOf(node.text()), Map.of(), node);
    }
    Map<String, Node> members = node.members(Set.of("mask", "value", "show", "size"));
    Node mask = members.get("mask");
    if (mask == null) {
      node.mistake("has no mask; write \"allow\", \"deny\" or { mask = \"hash\" }");
      return new Effect.Deny();
    }
    String word = String.valueOf(mask.text());
    if (!MASKS.contains(word)) {
      mask.mistake("'" + word + "' is no mask; there are " + MASKS.stream().sorted().toList());
      return new Effect.Deny();
    }
    return effect(word, members, node);
  }

  private static Effect effect(String word, Map<String, Node> members, Node node) {
    String needs =
        switch (word) {
          case "constant" -> "value";
          case "first", "last" -> "show";
          case "bucket" -> "size";
          default -> "mask";
        };
    for (String member : members.keySet()) {
      if (!member.equals("mask") && !member.equals(needs)) {
        node.mistake("the mask " + word + " has no " + member);
      }
    }
    Node given = members.get(needs);
    if (!needs.equals("mask") && given == null) {
      node.mistake(
          "the mask "
              + word
              + " needs a "
              + needs
              + ": { mask = \""
              + word
              + "\", "
              + needs
              + " = … }");
      return new Effect.Deny();
    }
    return switch (word) {
      case "allow" -> new Effect.Allow();
      case "deny" -> new Effect.Deny();
      case "null" -> Effect.nothing();
      case "hash" -> new Effect.Masked(new Mask.Hash());
      case "year" -> new Effect.Masked(new Mask.Year());
      case "constant" -> {
        Object value = given == null ? null : given.value();
        yield value == null ? new Effect.Deny() : new Effect.Masked(new Mask.Constant(value));
      }
      case "bucket" -> {
        BigDecimal size = given == null ? null : given.positive();
        yield size == null ? new Effect.Deny() : new Effect.Masked(new Mask.Bucket(size));
      }
      case "first", "last" -> {
        BigDecimal show = given == null ? null : given.positive();
        if (given == null || show == null) {
          yield new Effect.Deny();
        }
        if (show.stripTrailingZeros().scale() > 0
            || show.compareTo(BigDecimal.valueOf(MOST_SHOWN)) > 0) {
          given.mistake("is no whole number from 1 to " + MOST_SHOWN);
          yield new Effect.Deny();
        }
        yield new Effect.Masked(
            word.equals("first")
                ? new Mask.First(show.intValue())
                : new Mask.Last(show.intValue()));
      }
      default -> {
        node.mistake(
            "'" + word + "' is neither allow, deny, null, hash, year nor a table with a mask");
        yield new Effect.Deny();
      }
    };
  }

  private void example(Node node) {
    Map<String, Node> members =
        node.members(Set.of("as", "dataset", "column", "kind", "grant", "is"));
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach(
        (name, member) -> {
          String text = member.text();
          if (text != null) {
            texts.put(name, text);
          }
        });
    for (String needed : List.of("as", "dataset", "is")) {
      if (!members.containsKey(needed)) {
        node.mistake("an example needs " + needed);
        return;
      }
    }
    String column = texts.get("column");
    Grant grant = texts.containsKey("grant") ? grant(texts.get("grant")) : null;
    String kind = texts.getOrDefault("kind", Standing.CLEAN_WORD);
    String is = texts.getOrDefault("is", "");
    if (texts.containsKey("grant") && grant == null) {
      node.mistake("'" + texts.get("grant") + "' is no grant");
    }
    if (column != null && grant != null) {
      node.mistake("asks for a column and a grant; make two examples of it");
    }
    if (!KINDS.contains(kind)
        && !Set.of(Standing.CLEAN_WORD, Standing.UNKNOWN_WORD).contains(kind)) {
      node.mistake("'" + kind + "' is no kind, clean or unclassified");
    }
    Set<String> answers =
        column != null
            ? Set.of(
                "allowed",
                "denied",
                "masked",
                "null",
                "constant",
                "hash",
                "first",
                "last",
                "year",
                "bucket")
            : grant != null
                ? Set.of("allowed", "denied")
                : Set.of("filtered", "unfiltered", "denied");
    if (!answers.contains(is)) {
      node.mistake(
          "'" + is + "' is no answer to that; there are " + answers.stream().sorted().toList());
    }
    examples.add(
        new Example(
            texts.getOrDefault("as", ""),
            texts.getOrDefault("dataset", "").toLowerCase(Locale.ROOT),
            new Example.Asked(column, grant),
            kind,
            is,
            node.place()));
  }
}
