package dev.lakehouse.query.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {
  private static final String READER =
      """
      [principals.ann]
      roles = ["reader"]

      """;

  private static PolicySet read(String toml) {
    return PolicyReader.read(Map.of("a.toml", toml), "0a");
  }

  private static List<String> mistakes(String toml) {
    try {
      read(toml);
      return List.of();
    } catch (PolicyException e) {
      return e.mistakes().stream().map(Mistake::toString).toList();
    }
  }

  private static String effect(String rules, String column, Standing standing) {
    return read(READER + rules)
        .rules("ann", "people")
        .column(Set.of(column), standing)
        .effect()
        .word();
  }

  private static final Standing EMAIL = new Standing(List.of("email"), true);

  @Test
  void everyMistakeIsNamedWithItsLine() {
    assertThat(
            mistakes(
                """
                [principals.ann]
                roles = ["reader", "ghost"]
                role = "x"

                [[roles.reader]]
                datasets = ["people"]
                grants = ["reed"]
                filter = "region = (SELECT 1)"
                [roles.reader.columns]
                email = { mask = "blur" }
                phone = "hide"
                name = { mask = "first" }
                salary = { mask = "bucket", size = 0 }
                note = { mask = "hash", show = 2 }
                [roles.reader.kinds]
                mail = "null"

                [[roles.reader]]
                grants = ["read"]
                """))
        .containsExactlyInAnyOrder(
            "a.toml:3: principals.ann.role: is not known here; did you mean roles?",
            "a.toml:2: principals.ann.roles: there is no role 'ghost'; write [[roles.ghost]]",
            "a.toml:7: roles.reader[0].grants: 'reed' is no grant; there are read, raw, ingest and"
                + " manage",
            "a.toml:8: roles.reader[0].filter: filters what the rule does not let read; add grants"
                + " = [\"read\"]",
            "a.toml:8: roles.reader[0].filter: is no condition: a query in a row filter is not"
                + " allowed, at line 1, column 10",
            "a.toml:10: roles.reader[0].columns.email.mask: 'blur' is no mask; there are [bucket,"
                + " constant, first, hash, last, null, year]",
            "a.toml:11: roles.reader[0].columns.phone: 'hide' is neither allow, deny, null, hash,"
                + " year nor a table with a mask",
            "a.toml:12: roles.reader[0].columns.name: the mask first needs a show: { mask ="
                + " \"first\", show = … }",
            "a.toml:13: roles.reader[0].columns.salary.size: is no number above 0",
            "a.toml:14: roles.reader[0].columns.note: the mask hash has no show",
            "a.toml:16: roles.reader[0].kinds.mail: is no kind; there are "
                + PolicyReader.KINDS.stream().sorted().toList()
                + " and *",
            "a.toml:18: roles.reader[1]: is about no dataset; write datasets = [\"orders\"], or"
                + " [\"*\"] for all");
    assertThat(mistakes("[principals.ann\n")).singleElement().asString().startsWith("a.toml:1");
    assertThat(mistakes("[roles.reader]\ndatasets = [\"x\"]\n"))
        .singleElement()
        .asString()
        .contains("write [[roles.reader]]");
    assertThat(mistakes("[[roles.r]]\ndatasets = [\"a\\u0000\"]\n")).hasSize(2);
  }

  @Test
  void aPrincipalStandsInOnePlace() {
    assertThatThrownBy(
            () ->
                PolicyReader.read(
                    Map.of("a.toml", "principals.x = {}", "b.toml", "principals.x = {}"), "0"))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("stands in two places");
  }

  @Test
  void rowFiltersAreExpressionsOverTheRowAlone() {
    for (String filter :
        List.of(
            "? = 1",
            "count(*) > 1",
            "row_number() OVER () = 1",
            "EXISTS (SELECT 1)",
            "any_match(tags, x -> x = 'a')",
            "region = current_date",
            "getenv('x') = 'y'",
            "region = attr(region)",
            "region = attr('a', 'b')",
            "true; true",
            "region = ",
            "read_text('x') = 'y'",
            "region IN (TABLE people)")) {
      assertThat(
              mistakes(
                  "[[roles.r]]\ndatasets = [\"x\"]\ngrants = [\"read\"]\nfilter = \""
                      + filter
                      + "\""))
          .as(filter)
          .isNotEmpty();
    }
    assertThat(
            mistakes(
                "[[roles.r]]\ndatasets = [\"x\"]\ngrants = [\"read\"]\nfilter = \"region IN"
                    + " (attr('regions')) AND upper(a.b) LIKE 'x%' AND day < now() - INTERVAL '1'"
                    + " DAY\""))
        .isEmpty();
  }

  @Test
  void nothingIsAllowedThatIsNotSaid() {
    PolicySet set = read(READER + "[[roles.reader]]\ndatasets = [\"p*\"]\ngrants = [\"ingest\"]\n");
    assertThat(set.rules("ann", "people").grants()).hasSize(1);
    assertThat(set.rules("ann", "orders").grants()).isEmpty();
    assertThat(set.rules("bob", "people").grants()).isEmpty();
    assertThat(PolicySet.none().rules("ann", "people").grants()).isEmpty();
  }

  @Test
  void whatIsSaidMoreCloselyCountsAndThenWhatIsStricter() {
    String read = "[[roles.reader]]\ndatasets = [\"people\"]\ngrants = [\"read\"]\n";
    assertThat(effect(read, "c", Standing.CLEAN)).isEqualTo("allowed");
    assertThat(effect(read, "c", EMAIL)).isEqualTo("null");
    assertThat(effect(read, "c", Standing.UNKNOWN)).isEqualTo("null");
    assertThat(effect(read + "columns = { c = \"allow\" }", "c", Standing.UNKNOWN))
        .isEqualTo("allowed");
    assertThat(effect(read + "columns = { \"*\" = \"allow\" }", "c", EMAIL)).isEqualTo("null");
    assertThat(effect(read + "columns = { \"*\" = \"allow\" }", "c", Standing.UNKNOWN))
        .isEqualTo("null");
    assertThat(
            effect(
                read + "columns = { \"*\" = \"deny\", \"c*\" = \"allow\" }", "c1", Standing.CLEAN))
        .isEqualTo("allowed");
    assertThat(
            effect(
                read + "columns = { \"*\" = \"deny\" }\nkinds = { email = \"hash\" }", "c", EMAIL))
        .isEqualTo("denied");
    assertThat(effect(read + "kinds = { email = \"hash\", \"*\" = \"allow\" }", "c", EMAIL))
        .isEqualTo("hash");
    assertThat(effect(read + "kinds = { email = \"allow\" }", "c", EMAIL)).isEqualTo("allowed");
    assertThat(
            effect(
                read + "kinds = { email = \"allow\" }", "c", new Standing(List.of("email"), false)))
        .isEqualTo("null");
    assertThat(
            effect(
                read + "kinds = { email = \"allow\" }",
                "c",
                new Standing(List.of("email", "phone"), true)))
        .isEqualTo("null");
    String both =
        read
            + "columns = { c = { mask = \"first\", show = 3 } }\n"
            + "[[roles.reader]]\ndatasets = [\"people\"]\ncolumns = { C = \"hash\" }\n";
    assertThat(effect(both, "c", Standing.CLEAN)).isEqualTo("hash");
    String far =
        read
            + "columns = { c = \"allow\" }\n"
            + "[[roles.reader]]\ndatasets = [\"*\"]\ncolumns = { c = \"deny\" }\n";
    assertThat(effect(far, "c", Standing.CLEAN)).isEqualTo("allowed");
    String raw = read.replace("\"read\"", "\"read\", \"raw\"");
    assertThat(effect(raw, "c", Standing.UNKNOWN)).isEqualTo("allowed");
    assertThat(effect(raw + "columns = { c = \"hash\" }", "c", EMAIL)).isEqualTo("allowed");
    assertThat(effect(raw + "columns = { c = \"deny\" }", "c", EMAIL)).isEqualTo("denied");
    assertThat(effect(raw + "columns = { \"*\" = \"deny\" }", "c", EMAIL)).isEqualTo("denied");
  }

  @Test
  void examplesMustHold() {
    String rule =
        READER
            + "[[roles.reader]]\ndatasets = [\"people\"]\ngrants = [\"read\"]\n"
            + "columns = { email = \"hash\" }\n";
    assertThat(
            mistakes(
                rule
                    + "[[examples]]\nas = \"ann\"\ndataset = \"people\"\ncolumn = \"email\"\nis ="
                    + " \"masked\"\n"
                    + "[[examples]]\nas = \"ann\"\ndataset = \"people\"\ncolumn = \"x\"\nkind ="
                    + " \"unclassified\"\nis = \"null\"\n"
                    + "[[examples]]\nas = \"ann\"\ndataset = \"people\"\nis = \"unfiltered\"\n"))
        .isEmpty();
    assertThat(
            mistakes(
                rule
                    + "[[examples]]\nas = \"ann\"\ndataset = \"people\"\ncolumn = \"email\"\nis ="
                    + " \"allowed\"\n"
                    + "[[examples]]\nas = \"bob\"\ndataset = \"people\"\ngrant = \"read\"\nis ="
                    + " \"allowed\"\n"))
        .containsExactly(
            "a.toml:8: the example does not hold: it is hash, not allowed; mend the policy or the"
                + " example",
            "a.toml:13: the example does not hold: it is denied, not allowed; mend the policy or"
                + " the example");
    assertThat(mistakes("[[examples]]\nas = \"ann\"\nis = \"allowed\"\n"))
        .containsExactly("a.toml:1: examples[0]: an example needs dataset");
  }
}
